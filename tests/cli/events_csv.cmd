ebb events group.json --between "Annabel Quill" "Cosima Rye"
