"""What a finished paper says, as plain values: filled by the ward, drawn by the documents."""
