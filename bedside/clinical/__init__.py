"""The infant's body and blood: age, size, growth and counts. No protocol, no database, no clock."""
