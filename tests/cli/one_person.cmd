printf 'time,person\n2025-01-31T10:00:00Z,Ann\n2025-01-31T11:00:00Z,Ann\n' | ebb report -
