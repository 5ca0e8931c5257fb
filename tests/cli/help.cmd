ebb --help
