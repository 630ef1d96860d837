"""What the protocol says: facts in `resources/protocols`, rules here; no store, no Qt, no clock."""
