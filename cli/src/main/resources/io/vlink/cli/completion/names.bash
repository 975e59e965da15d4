
# Adds names of resources, asked from the suite that the line addresses, to the words of the functions above.
function _complete_vlink_names() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command="" kind="" slash="" word name names i
  local where=() found=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ " @VALUED@ " == *" $word "* ]]; then
      [[ ${COMP_WORDS[i+1]} != "=" ]] || ((i++)) # bash parts --option=value into three words
      ((i++))
      [[ " @WHERE@ " != *" $word "* ]] || where+=("$word" "${COMP_WORDS[i]}")
    elif [[ $word == -A || $word == --all-namespaces ]]; then
      where+=("$word")
    elif [[ $word == -* ]]; then
      continue
    elif [[ -z $command ]]; then
      command=$word
    elif [[ -z $kind ]]; then
      kind=${word%%/*}
      [[ $word != */* ]] || slash=yes
    fi
  done
  case $command in
    get | describe | delete | wait | watch)
      if [[ -z $kind && $current == */* ]]; then
        kind=${current%%/*} slash=yes
      fi
      ;;
    path) [[ -n $kind ]] && kind="" || kind=networks ;;
    *) kind="" ;;
  esac
  if [[ -z $kind || $current == -* || $current == "=" || " @VALUED@ = " == *" $previous "* ]]; then
    _complete_vlink "$@"
    return
  fi
  names=$("${COMP_WORDS[0]}" get "$kind" -o name "${where[@]}" 2>/dev/null </dev/null)
  while IFS= read -r name; do
    [[ -n $slash ]] && name=$kind/${name#*/} || name=${name#*/}
    [[ $name != "$current"* ]] || found+=("$name")
  done <<<"$names"
  COMPREPLY=("${found[@]}")
}

complete -F _complete_vlink_names -o default vlink vlink.sh vlink.bash
