/* SPDX-License-Identifier: MIT
 * The manual page ebb(1), from the same tables as the help. */
#include <string.h>

#include "help_text.h"

/* Escapes text for roff: backslashes, and hyphens that must stay ASCII. */
static void put_roff(ebb_text_t *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\\') {
            ebb_text_puts(out, "\\e");
        } else if (*text == '-') {
            ebb_text_puts(out, "\\-");
        } else if (*text == '\n') {
            ebb_text_puts(out, "\n.PP\n");
        } else {
            ebb_text_append(out, text, 1);
        }
    }
}

/* A text line of its own; one that begins with a dot or quote must not be a request. */
static void put_line(ebb_text_t *out, const char *text)
{
    if (*text == '.' || *text == '\'') {
        ebb_text_puts(out, "\\&");
    }
    put_roff(out, text);
    ebb_text_puts(out, "\n");
}

static void put_man_option(ebb_text_t *out, const option_spec_t *o)
{
    ebb_text_puts(out, ".TP\n");
    if (o->letter) {
        ebb_text_printf(out, "\\fB\\-%c\\fR, ", o->letter);
    }
    ebb_text_puts(out, "\\fB\\-\\-");
    put_roff(out, o->name);
    ebb_text_puts(out, "\\fR");
    if (o->argument) {
        ebb_text_puts(out, " \\fI");
        put_roff(out, o->argument);
        ebb_text_puts(out, "\\fR");
    }
    ebb_text_puts(out, "\n");
    put_roff(out, o->help);
    ebb_text_puts(out, ".\n");
    if (o->more) {
        put_line(out, o->more);
    }
}

static void put_man_command(ebb_text_t *out, const command_t *command)
{
    ebb_text_printf(out, ".SS ebb %s\n", command->name);
    put_line(out, command->about);
    for (const option_spec_t *o = command->options; o->name; o++) {
        put_man_option(out, o);
    }
}

static void put_man_usage(ebb_text_t *out, const command_t *command)
{
    ebb_text_printf(out, "%s\\fBebb %s\\fR [\\fIOPTION\\fR]...%s\\fI%s\\fR\n",
                    command == commands[0] ? "" : ".br\n", command->name,
                    *command->operands ? " " : "", command->operands);
}

static void put_man_example(ebb_text_t *out, const command_t *command)
{
    for (const example_t *e = command->examples; e->command; e++) {
        ebb_text_puts(out, ".TP\n\\fB");
        put_roff(out, e->command);
        ebb_text_puts(out, "\\fR\n");
        put_line(out, e->meaning);
    }
}

/* Every verb, those of verbs included. */
static void for_each(ebb_text_t *out,
                     void (*put)(ebb_text_t *out, const command_t *command))
{
    for (const command_t *const *c = commands; *c; c++) {
        if (!(*c)->verbs) {
            put(out, *c);
        }
        for (const command_t *const *v = (*c)->verbs; v && *v; v++) {
            put(out, *v);
        }
    }
}

static void put_man_ends(ebb_text_t *out)
{
    ebb_text_puts(out, ".SH EXIT STATUS\n");
#define EBB_EXIT_ROW(name, status, sentence) \
    ebb_text_puts(out, ".TP\n\\fB" #status "\\fR\n" sentence "\n");
    EBB_EXIT_LIST(EBB_EXIT_ROW)
#undef EBB_EXIT_ROW
    ebb_text_puts(
        out,
        ".SH ENVIRONMENT\n"
        ".TP\n\\fBNO_COLOR\\fR\nIf set and not empty, no colour.\n"
        ".TP\n\\fBTERM\\fR\nIf \"dumb\", no colour and no progress.\n"
        ".SH PRIVACY\n"
        "ebb opens no network connection and writes nothing but what it is told to.\n"
        "It reads times, senders and kinds of messages. Their words are read only to\n"
        "count them, and are written only by \\fBebb events \\-\\-text\\fR.\n"
        ".SH NOTICE\n"
        "What is shown is behaviour in a period: no diagnosis, no forecast, nothing "
        "for\na court. Where there is fear, threat, control or injury, this is not a\n"
        "cycle and this is not the tool.\n");
}

void help_manual(ebb_text_t *out)
{
    ebb_text_puts(out,
                  ".TH EBB 1 \"\" \"ebb " EBB_VERSION "\" \"User Commands\"\n"
                  ".SH NAME\nebb \\- the cycle of reaching out and drawing back, in "
                  "a couple's own messages and in models\n"
                  ".SH SYNOPSIS\n");
    for_each(out, put_man_usage);
    ebb_text_puts(out, ".SH VERBS\n");
    for_each(out, put_man_command);
    ebb_text_puts(out, ".SH EXAMPLES\n");
    for_each(out, put_man_example);
    put_man_ends(out);
}
