ebb events --format yaml
