/* SPDX-License-Identifier: MIT
 * Completion scripts for bash, zsh and fish, from the same tables as the help. */
#include <string.h>

#include "ebb/library.h"
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

static void put_verbs(ebb_text_t *out, const command_t *const *verbs)
{
    for (const command_t *const *c = verbs; *c; c++) {
        ebb_text_printf(out, "%s%s", c == verbs ? "" : " ", command_word(*c));
    }
}

static bool takes_models(const command_t *command)
{
    return strstr(command->operands, "MODEL") != NULL;
}

static bool takes_scenarios(const command_t *command)
{
    return strstr(command->operands, "SCENARIO") != NULL;
}

static bool takes_files(const command_t *command)
{
    return takes_models(command) || takes_scenarios(command) ||
           strstr(command->operands, "FILE") != NULL;
}

static void put_scenarios(ebb_text_t *out)
{
    ebb_library_scenario_t scenario;
    for (size_t i = 0; ebb_library_scenario_at(i, &scenario); i++) {
        ebb_text_printf(out, "%s%s", i ? " " : "", scenario.name);
    }
}

static void put_models(ebb_text_t *out)
{
    ebb_library_model_t model;
    for (size_t i = 0; ebb_library_at(i, &model); i++) {
        ebb_text_printf(out, "%s%s", i ? " " : "", model.name);
    }
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
    } else if (o->kind == OPTION_SCENARIO) {
        ebb_text_puts(out, "words=$scenarios files=1 ;;\n");
    } else {
        ebb_text_puts(out, o->kind == OPTION_FILE ? "files=1 ;;\n" : "return ;;\n");
    }
}

static void put_bash_command(ebb_text_t *out, const command_t *command)
{
    ebb_text_printf(out, "    %s)\n        case $before in\n", command_word(command));
    for (const option_spec_t *o = command->options; o->name; o++) {
        put_bash_argument(out, o);
    }
    ebb_text_puts(out, "            *) words='--help");
    for (const option_spec_t *o = command->options; o->name; o++) {
        ebb_text_printf(out, " --%s", o->name);
    }
    if (takes_verbs(command)) {
        ebb_text_puts(out, " ");
        put_verbs(out, commands);
    }
    ebb_text_printf(out, "'%s%s ;;\n        esac ;;\n",
                    takes_models(command)      ? "\" $models\""
                    : takes_scenarios(command) ? "\" $scenarios\""
                                               : "",
                    takes_files(command) ? "; files=1" : "");
}

/* What the word at `place` may be; what follows each goes between begin and end. */
static void put_bash_begin(ebb_text_t *out, const command_t *const *among, int place)
{
    ebb_text_printf(out, "    if ((COMP_CWORD == %d)); then\n        words='", place);
    put_verbs(out, among);
    ebb_text_printf(out, " --help%s'\n    else case ${COMP_WORDS[%d]} in\n",
                    place == 1 ? " --version" : "", place);
}

static void put_bash_end(ebb_text_t *out, const char *end)
{
    ebb_text_printf(out, "    esac; fi%s\n", end);
}

static void put_bash_group(ebb_text_t *out, const command_t *command)
{
    ebb_text_printf(out, "    %s)\n", command_word(command));
    put_bash_begin(out, command->verbs, 2);
    for (const command_t *const *v = command->verbs; *v; v++) {
        put_bash_command(out, *v);
    }
    put_bash_end(out, " ;;");
}

static void put_bash(ebb_text_t *out)
{
    ebb_text_puts(out, "# bash completion for ebb\n"
                       "_ebb() {\n"
                       "    local word=${COMP_WORDS[COMP_CWORD]} "
                       "before=${COMP_WORDS[COMP_CWORD-1]} words= files=\n"
                       "    local models='");
    put_models(out);
    ebb_text_puts(out, "'\n    local scenarios='");
    put_scenarios(out);
    ebb_text_puts(out, "'\n    COMPREPLY=()\n");
    put_bash_begin(out, commands, 1);
    for (const command_t *const *c = commands; *c; c++) {
        ((*c)->verbs ? put_bash_group : put_bash_command)(out, *c);
    }
    put_bash_end(out, "");
    ebb_text_puts(out, "    [[ $files ]] && COMPREPLY=($(compgen -f -- \"$word\"))\n"
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
    } else if (o->kind == OPTION_SCENARIO) {
        ebb_text_printf(out, "':%s:_ebb_scenarios'", o->argument);
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

static void put_zsh_command(ebb_text_t *out, const command_t *command)
{
    ebb_text_printf(out, "    %s)\n", command_word(command));
    ebb_text_puts(out, "        _arguments -s \\\n");
    for (const option_spec_t *o = command->options; o->name; o++) {
        put_zsh_option(out, o);
    }
    ebb_text_puts(out, "            --help'[all there is to say]'");
    if (takes_models(command)) {
        ebb_text_puts(out, " \\\n            '*:MODEL:_ebb_models'");
    } else if (takes_scenarios(command)) {
        ebb_text_puts(out, " \\\n            '*:SCENARIO:_ebb_scenarios'");
    } else if (takes_files(command)) {
        ebb_text_puts(out, " \\\n            '*:FILE:_files'");
    } else if (takes_verbs(command)) {
        ebb_text_puts(out, " \\\n            ':VERB:(");
        put_verbs(out, commands);
        ebb_text_puts(out, ")'");
    }
    ebb_text_puts(out, "\n        ;;\n");
}

/* Offers verbs, or hands the words behind one to what completes it. */
static void put_zsh_begin(ebb_text_t *out, const command_t *const *among)
{
    ebb_text_puts(out, "    if ((CURRENT == 2)); then\n        verbs=(\n");
    for (const command_t *const *c = among; *c; c++) {
        ebb_text_printf(out, "            %s':'", command_word(*c));
        put_quoted(out, (*c)->summary, ":");
        ebb_text_puts(out, "\n");
    }
    ebb_text_puts(out, "        )\n        _describe verb verbs\n        return\n"
                       "    fi\n    verb=$words[2]\n"
                       "    shift words; ((CURRENT--))\n    case $verb in\n");
}

static void put_zsh_group(ebb_text_t *out, const command_t *command)
{
    ebb_text_printf(out, "    %s)\n", command_word(command));
    put_zsh_begin(out, command->verbs);
    for (const command_t *const *v = command->verbs; *v; v++) {
        put_zsh_command(out, *v);
    }
    ebb_text_puts(out, "    esac\n        ;;\n");
}

static void put_zsh(ebb_text_t *out)
{
    ebb_text_puts(out, "#compdef ebb\n_ebb_models() {\n    compadd ");
    put_models(out);
    ebb_text_puts(out, "\n    _files\n}\n_ebb_scenarios() {\n    compadd ");
    put_scenarios(out);
    ebb_text_puts(out,
                  "\n    _files\n}\n_ebb() {\n    local verb\n    local -a verbs\n");
    put_zsh_begin(out, commands);
    for (const command_t *const *c = commands; *c; c++) {
        ((*c)->verbs ? put_zsh_group : put_zsh_command)(out, *c);
    }
    ebb_text_puts(out, "    esac\n}\n_ebb \"$@\"\n");
}

/* That a verb was typed: all its words. */
static void put_fish_seen(ebb_text_t *out, const command_t *command)
{
    ebb_text_puts(out, "__fish_seen_subcommand_from ");
    for (const char *c = command->name; *c; c++) {
        if (*c == ' ') {
            ebb_text_puts(out, "; and __fish_seen_subcommand_from ");
        } else {
            ebb_text_append(out, c, 1);
        }
    }
}

static void put_fish_option(ebb_text_t *out, const command_t *command,
                            const option_spec_t *o)
{
    ebb_text_puts(out, "complete -c ebb -n '");
    put_fish_seen(out, command);
    ebb_text_printf(out, "' -l %s", o->name);
    if (o->letter) {
        ebb_text_printf(out, " -s %c", o->letter);
    }
    if (o->kind == OPTION_CHOICE) {
        ebb_text_puts(out, " -x -a '");
        put_choices(out, o->choices);
        ebb_text_puts(out, "'");
    } else if (o->kind == OPTION_FILE) {
        ebb_text_puts(out, " -r -F");
    } else if (o->kind == OPTION_SCENARIO) {
        ebb_text_puts(out, " -r -F -a '");
        put_scenarios(out);
        ebb_text_puts(out, "'");
    } else if (o->kind != OPTION_FLAG) {
        ebb_text_puts(out, " -x");
    }
    ebb_text_puts(out, " -d ");
    put_quoted(out, o->help, "");
    ebb_text_puts(out, "\n");
}

static void put_fish_command(ebb_text_t *out, const command_t *command,
                             const command_t *group)
{
    ebb_text_puts(out, "complete -c ebb -n ");
    if (group) {
        ebb_text_puts(out, "'");
        put_fish_seen(out, group);
        ebb_text_puts(out, "; and not __fish_seen_subcommand_from ");
        put_verbs(out, group->verbs);
        ebb_text_puts(out, "'");
    } else {
        ebb_text_puts(out, "__fish_use_subcommand");
    }
    ebb_text_printf(out, " -a %s -d ", command_word(command));
    put_quoted(out, command->summary, "");
    ebb_text_puts(out, "\n");
    if (takes_files(command)) {
        ebb_text_puts(out, "complete -c ebb -n '");
        put_fish_seen(out, command);
        ebb_text_puts(out, "' -F");
        if (takes_models(command) || takes_scenarios(command)) {
            ebb_text_puts(out, " -a '");
            (takes_models(command) ? put_models : put_scenarios)(out);
            ebb_text_puts(out, "'");
        }
        ebb_text_puts(out, "\n");
    }
    for (const option_spec_t *o = command->options; o->name; o++) {
        put_fish_option(out, command, o);
    }
}

static void put_fish(ebb_text_t *out)
{
    ebb_text_puts(out, "# fish completion for ebb\ncomplete -c ebb -f\n");
    for (const command_t *const *c = commands; *c; c++) {
        put_fish_command(out, *c, NULL);
        for (const command_t *const *v = (*c)->verbs; v && *v; v++) {
            put_fish_command(out, *v, *c);
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
