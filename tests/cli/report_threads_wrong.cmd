ebb report couple.json --threads many
