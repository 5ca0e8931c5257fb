ebb model list
