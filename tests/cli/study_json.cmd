ebb study equilibria rinaldi_secure --starts 20 --format json
