ebb validate --claims A202
ebb validate --claims 7
ebb validate --claims A5-A2
ebb validate --claims A5,
ebb validate A5
