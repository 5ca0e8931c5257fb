ebb events group.json --between "Annabel Quill" "Cosima Rye" --format json | head -c 600
