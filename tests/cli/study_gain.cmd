ebb study gain pursuit_minimal --set trigger=0.35 --cut withdrawer.withdrawal
ebb study gain rinaldi_linear --cut a.love --to b.love
ebb study gain rinaldi_linear --set response=0.8 --cut a.love --format json
