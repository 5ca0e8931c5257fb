# the other one's rows are there, but were not understood: that is told before the error
printf 'time,person\n20240101T100100Z,Ann\n2024-01-01T10:00:00Z,Ben\n2024-01-01T10:01:00Z,Ben\n' | ebb events -
# ... and so it is when the choice of persons fails
printf '{"time":"2024-01-01 10:00","person":"Ann"}\n{"time":"1 January 2024","person":"Ann"}\n{"time":"2024-01-01 10:02","person":"Ben"}\n' | ebb report - --me Dora
