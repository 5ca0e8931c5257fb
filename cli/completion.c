/* SPDX-License-Identifier: MIT
 * Completion scripts for bash, zsh and fish, from the same tables as the help. */
#include <string.h>

#include "help_text.h"

/* A text inside single quotes of any of the three shells, without the characters that
 * would end it or mean something there. */
static void put_quoted(ebb_text_t *out, const char *text, const char *also_drop)
{
    ebb_text_puts(out, "'");
    for (; *text; text++) {
        if (*text != '\'' && *text != '\\' && !strchr(also_drop, *text)) {
            ebb_text_append(out, text, 1);
        }
    }
    ebb_text_puts(out, "'");
}

/* The choices with spaces instead of bars. */
static void put_choices(ebb_text_t *out, const char *choices)
{
    for (; *choices; choices++) {
        ebb_text_append(out, *choices == '|' ? " " : choices, 1);
    }
}

static void put_verbs(ebb_text_t *out)
{
    for (const command_t *const *c = commands; *c; c++) {
        ebb_text_printf(out, "%s%s", c == commands ? "" : " ", (*c)->name);
    }
}

static bool takes_files(const command_t *command)
{
    return strstr(command->operands, "FILE") != NULL;
}

static bool takes_verbs(const command_t *command)
{
    return strstr(command->operands, "VERB") != NULL;
}

/* What may follow one option: a choice, a file, or something that is no word of ours.
 */
static void put_bash_argument(ebb_text_t *out, const option_spec_t *o)
{
    if (o->kind == OPTION_FLAG) {
        return;
    }
    ebb_text_puts(out, "            ");
    if (o->letter) {
        ebb_text_printf(out, "-%c|", o->letter);
    }
    ebb_text_printf(out, "--%s) ", o->name);
    if (o->kind == OPTION_CHOICE) {
        ebb_text_puts(out, "words='");
        put_choices(out, o->choices);
        ebb_text_puts(out, "' ;;\n");
    } else {
        ebb_text_puts(out, o->kind == OPTION_FILE ? "files=1 ;;\n" : "return ;;\n");
    }
}

static void put_bash_command(ebb_text_t *out, const command_t *command)
{
    ebb_text_printf(out, "    %s)\n        case $before in\n", command->name);
    for (const option_spec_t *o = command->options; o->name; o++) {
        put_bash_argument(out, o);
    }
    ebb_text_puts(out, "            *) words='--help");
    for (const option_spec_t *o = command->options; o->name; o++) {
        ebb_text_printf(out, " --%s", o->name);
    }
    if (takes_verbs(command)) {
        ebb_text_puts(out, " ");
        put_verbs(out);
    }
    ebb_text_printf(out, "'%s ;;\n        esac ;;\n",
                    takes_files(command) ? "; files=1" : "");
}

static void put_bash(ebb_text_t *out)
{
    ebb_text_puts(out, "# bash completion for ebb\n"
                       "_ebb() {\n"
                       "    local word=${COMP_WORDS[COMP_CWORD]} "
                       "before=${COMP_WORDS[COMP_CWORD-1]} words= files=\n"
                       "    COMPREPLY=()\n"
                       "    if ((COMP_CWORD == 1)); then\n"
                       "        words='");
    put_verbs(out);
    ebb_text_puts(out, " --help --version'\n"
                       "    else case ${COMP_WORDS[1]} in\n");
    for (const command_t *const *c = commands; *c; c++) {
        put_bash_command(out, *c);
    }
    ebb_text_puts(out, "    esac; fi\n"
                       "    [[ $files ]] && COMPREPLY=($(compgen -f -- \"$word\"))\n"
                       "    COMPREPLY+=($(compgen -W \"$words\" -- \"$word\"))\n"
                       "}\n"
                       "complete -o filenames -F _ebb ebb\n");
}

static void put_zsh_argument(ebb_text_t *out, const option_spec_t *o)
{
    if (o->kind == OPTION_CHOICE) {
        ebb_text_printf(out, "':%s:(", o->argument);
        put_choices(out, o->choices);
        ebb_text_puts(out, ")'");
    } else if (o->kind == OPTION_FILE) {
        ebb_text_puts(out, "':FILE:_files'");
    } else if (o->kind == OPTION_PAIR) {
        ebb_text_puts(out, "':A: :B: '");
    } else if (o->kind != OPTION_FLAG) {
        ebb_text_printf(out, "':%s: '", o->argument);
    }
}

static void put_zsh_option(ebb_text_t *out, const option_spec_t *o)
{
    const char *again = o->kind == OPTION_LIST ? "\\*" : "";
    for (int form = o->letter ? 0 : 1; form < 2; form++) {
        if (form == 0) {
            ebb_text_printf(out, "            %s-%c", again, o->letter);
        } else {
            ebb_text_printf(out, "            %s--%s", again, o->name);
        }
        ebb_text_puts(out, "'['");
        put_quoted(out, o->help, "[]:");
        ebb_text_puts(out, "']'");
        put_zsh_argument(out, o);
        ebb_text_puts(out, " \\\n");
    }
}

static void put_zsh(ebb_text_t *out)
{
    ebb_text_puts(out, "#compdef ebb\n"
                       "_ebb() {\n"
                       "    if ((CURRENT == 2)); then\n"
                       "        local -a verbs=(\n");
    for (const command_t *const *c = commands; *c; c++) {
        ebb_text_printf(out, "            %s':'", (*c)->name);
        put_quoted(out, (*c)->summary, ":");
        ebb_text_puts(out, "\n");
    }
    ebb_text_puts(out, "        )\n        _describe verb verbs\n        return\n"
                       "    fi\n    local verb=$words[2]\n"
                       "    shift words; ((CURRENT--))\n    case $verb in\n");
    for (const command_t *const *c = commands; *c; c++) {
        ebb_text_printf(out, "    %s)\n        _arguments -s \\\n", (*c)->name);
        for (const option_spec_t *o = (*c)->options; o->name; o++) {
            put_zsh_option(out, o);
        }
        ebb_text_puts(out, "            --help'[all there is to say]'");
        if (takes_files(*c)) {
            ebb_text_puts(out, " \\\n            '*:FILE:_files'");
        } else if (takes_verbs(*c)) {
            ebb_text_puts(out, " \\\n            ':VERB:(");
            put_verbs(out);
            ebb_text_puts(out, ")'");
        }
        ebb_text_puts(out, "\n        ;;\n");
    }
    ebb_text_puts(out, "    esac\n}\n_ebb \"$@\"\n");
}

static void put_fish_option(ebb_text_t *out, const char *verb, const option_spec_t *o)
{
    ebb_text_printf(out, "complete -c ebb -n '__fish_seen_subcommand_from %s' -l %s",
                    verb, o->name);
    if (o->letter) {
        ebb_text_printf(out, " -s %c", o->letter);
    }
    if (o->kind == OPTION_CHOICE) {
        ebb_text_puts(out, " -x -a '");
        put_choices(out, o->choices);
        ebb_text_puts(out, "'");
    } else if (o->kind == OPTION_FILE) {
        ebb_text_puts(out, " -r -F");
    } else if (o->kind != OPTION_FLAG) {
        ebb_text_puts(out, " -x");
    }
    ebb_text_puts(out, " -d ");
    put_quoted(out, o->help, "");
    ebb_text_puts(out, "\n");
}

static void put_fish(ebb_text_t *out)
{
    ebb_text_puts(out, "# fish completion for ebb\ncomplete -c ebb -f\n");
    for (const command_t *const *c = commands; *c; c++) {
        ebb_text_printf(out, "complete -c ebb -n __fish_use_subcommand -a %s -d ",
                        (*c)->name);
        put_quoted(out, (*c)->summary, "");
        ebb_text_puts(out, "\n");
        if (takes_files(*c)) {
            ebb_text_printf(out,
                            "complete -c ebb -n '__fish_seen_subcommand_from %s' -F\n",
                            (*c)->name);
        }
        for (const option_spec_t *o = (*c)->options; o->name; o++) {
            put_fish_option(out, (*c)->name, o);
        }
    }
}

void help_completion(ebb_text_t *out, const char *shell)
{
    if (strcmp(shell, "bash") == 0) {
        put_bash(out);
    } else if (strcmp(shell, "zsh") == 0) {
        put_zsh(out);
    } else {
        put_fish(out);
    }
}
