ebb report group.json
