# one of three is another name of one of two
ebb events group.json --alias "Cosima Rye=Annabel Quill" --names 2>/dev/null | cut -d, -f3 | sort | uniq -c
