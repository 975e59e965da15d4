# Completes the words of ./vlink, and names of resources, asked from the suite that the line addresses.

function __vlink_words --description 'the words before the cursor that are neither options nor their values'
    set -l skip no
    for word in (commandline -opc)[2..]
        if test $skip = yes
            set skip no
        else if contains -- $word @VALUED@
            set skip yes
        else if not string match -q -- '-*' $word
            printf '%s\n' $word
        end
    end
end

function __vlink_where --description 'the options before the cursor that say where resources are'
    set -l take no
    for word in (commandline -opc)[2..]
        if test $take = yes
            printf '%s\n' $word
            set take no
        else if contains -- $word @WHERE@
            printf '%s\n' $word
            set take yes
        else if contains -- $word -A --all-namespaces; or string match -qr -- '^(--api|--ca|--overlay|--namespace)=' $word
            printf '%s\n' $word
        end
    end
end

function __vlink_begins --description 'whether the command is still missing'
    test (count (__vlink_words)) = 0
end

function __vlink_in --description 'whether the command is one of these'
    set -l words (__vlink_words)
    test (count $words) -gt 0; and contains -- $words[1] $argv
end

function __vlink_after --description 'whether so many words, of which the first is one of these commands, are before the cursor'
    set -l words (__vlink_words)
    test (count $words) = $argv[1]; and contains -- $words[1] $argv[2..]
end

function __vlink_named --description 'whether one of these commands and a kind are before the cursor'
    set -l words (__vlink_words)
    test (count $words) -gt 1; and contains -- $words[1] $argv; and not string match -q -- '*/*' $words[2]
end

function __vlink_names --description 'the names of a kind'
    set -l line (commandline -opc)
    $line[1] get $argv[1] -o name (__vlink_where) 2>/dev/null </dev/null | string replace -r '^[^/]*/' ''
end

function __vlink_full_names --description 'the names of a kind that is being written as KIND/NAME'
    set -l kind (string split -f 1 / -- (commandline -ct))
    string match -q -- '*/*' (commandline -ct); or return
    for name in (__vlink_names $kind)
        printf '%s/%s\n' $kind $name
    end
end

function __vlink_names_of_the_kind --description 'the names of the kind on the line'
    set -l words (__vlink_words)
    __vlink_names $words[2]
end

complete -c vlink -f
complete -c vlink -n '__vlink_named get describe delete wait watch' -a '(__vlink_names_of_the_kind)'
complete -c vlink -n '__vlink_in get describe delete wait watch' -a '(__vlink_full_names)'
complete -c vlink -n '__vlink_after 1 path' -a '(__vlink_names networks)'
