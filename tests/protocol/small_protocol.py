"""A protocol file as small as it can be and still whole, for tests that break it on purpose."""

SMALL = """
[protocol]
key        = "small"
title      = "Small"
full-title = "A small protocol"
edition    = "1"
registry   = "none"
therapy    = { years-from-induction = 2, evidence = "stated", source = ["S1"] }

[sources]
S1 = { short = "register", full = "the register" }

[weights]
possible-kg = [0.5, 30]
ordinary-kg = [1.5, 20]
surface-m2  = [0.12, 0.8]
evidence    = "judgement"
reason      = "for tests"

[[conflict]]
number   = 1
question = "which day?"
readings = ["day 3", "day 4"]
ruling   = "not planned"
evidence = "conflict"
source   = ["S1"]

[[entry]]
key      = "age"
check    = "age-in-days"
words    = "under 1 year"
limit    = 364
evidence = "stated"
source   = ["S1"]

[[continue]]
before   = "second"
kmt2a    = ["rearranged"]
words    = "only rearranged"
evidence = "stated"
source   = ["S1"]

[dlt]
opens-on-day-1-of     = "first"
closes-when-may-start = "second"
evidence              = "stated"
source                = ["S1"]

[[course]]
key             = "first"
title           = "First"
phase           = "One"
kind            = "priming"
origin          = { evidence = "stated", source = ["S1"] }
length          = { days = 5, evidence = "stated", source = ["S1"] }
last-dosing-day = 2

  [course.start]
  words    = "begins first"
  evidence = "absent"

  [[course.drug]]
  drug     = "azacitidine"
  given    = { route = "IV", evidence = "stated", source = ["S1"] }
  days     = { on = [1, 2], evidence = "stated", source = ["S1"] }
  disputed = { conflict = 1, words = "open", readings = [{ on = [3], words = "a" }, { on = [4], words = "b" }] }
  infusion = { shortest-minutes = 10, longest-minutes = 40, finish-within-minutes = 45, evidence = "stated", source = ["S1"] }
  dose     = { value = 2.5, unit = "mg per kg", evidence = "stated", source = ["S1"] }
  safety   = { most = 25, unit = "mg", most-vials = 1, evidence = "worked out", source = ["S1"], reason = "tests" }
  related  = [{ text = "3 mg per kg elsewhere", source = "S1" }]

    [course.drug.age-factor]
    bands    = [{ from-month = 0, factor = "2/3" }, { from-month = 6, factor = "1" }]
    anchor   = "day 1 of the course"
    evidence = "stated"
    source   = ["S1"]

[[course]]
key             = "second"
title           = "Second"
phase           = "Two"
kind            = "maintenance"
origin          = { evidence = "stated", source = ["S1"] }
length          = { evidence = "absent" }
cycle           = { days = 7, evidence = "stated", source = ["S1"] }
last-dosing-day = 7

  [course.start]
  words    = "when counts allow"
  evidence = "stated"
  source   = ["S1"]
  measures = [{ measure = "anc", at-least-per-ul = 500, evidence = "stated", source = ["S1"] }]
  confirmations = [{ key = "well", words = "Well", evidence = "stated", source = ["S1"] }]

  [[course.drug]]
  drug   = "mercaptopurine"
  given  = { route = "PO", frequency = "once daily", doses-per-day = 1, evidence = "stated", source = ["S1"] }
  days   = { on = [1, 7], evidence = "stated", source = ["S1"] }
  repeat = { from-day = 8, every-days = 7, on = [1, 7], evidence = "stated", source = ["S1"] }
  dose   = { evidence = "absent" }
"""
