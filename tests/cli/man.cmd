ebb help --man
