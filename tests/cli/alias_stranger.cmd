ebb events --alias Anabel=Ann couple.json
