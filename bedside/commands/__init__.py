"""Bedside's command line: each judgement of the screen, asked for without a screen."""
