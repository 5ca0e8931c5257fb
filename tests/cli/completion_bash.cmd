# what bash offers after "ebb ev" and after "ebb events --format "
command -v bash >/dev/null || exit 0
ebb help --completion bash >ebb.bash
bash -c '. ./ebb.bash
COMP_WORDS=(ebb ev); COMP_CWORD=1; _ebb; echo "${COMPREPLY[@]}"
COMP_WORDS=(ebb events --format ""); COMP_CWORD=3; _ebb; echo "${COMPREPLY[@]}"
COMP_WORDS=(ebb events --na); COMP_CWORD=2; _ebb; echo "${COMPREPLY[@]}"'
