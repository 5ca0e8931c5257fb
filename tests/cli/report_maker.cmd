ebb report couple.json --me "Annabel Quill" 2>/dev/null | sed -n 4p
ebb report couple.json --both 2>/dev/null | sed -n 4p
