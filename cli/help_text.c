/* SPDX-License-Identifier: MIT
 * Help on the terminal, 79 columns. -h is a list to glance at, --help is all there is.
 */
#include "help_text.h"

#include <stdio.h>
#include <string.h>

#include "output.h"

#define HELP_WIDTH 79
#define HELP_COLUMN 27

/* Appends words with line breaks so that no line is longer than HELP_WIDTH. The cursor
 * stands at column `at`; later lines begin at column `indent`. Ends the line. */
static void put_wrapped(ebb_text_t *out, const char *words, size_t at, size_t indent)
{
    bool first = true;
    while (*words) {
        size_t length = strcspn(words, " \n");
        if (!first && (at + 1 + length > HELP_WIDTH || words[-1] == '\n')) {
            ebb_text_printf(out, "\n%*s", (int)indent, "");
            at = indent;
        } else if (!first) {
            ebb_text_puts(out, " ");
            at++;
        }
        ebb_text_append(out, words, length);
        at += length;
        words += length + (words[length] != '\0');
        first = false;
    }
    ebb_text_puts(out, "\n");
}

/* "  -o, --output FILE" */
static int option_head(char *head, size_t size, const option_spec_t *o)
{
    char letter[8] = "    ";
    if (o->letter) {
        (void)snprintf(letter, sizeof letter, "-%c, ", o->letter);
    }
    return snprintf(head, size, "  %s--%s%s%s", letter, o->name, o->argument ? " " : "",
                    o->argument ? o->argument : "");
}

static void put_option(ebb_text_t *out, const option_spec_t *o, bool full)
{
    char head[96];
    size_t at = (size_t)option_head(head, sizeof head, o);
    ebb_text_puts(out, head);
    if (full || at + 2 > HELP_COLUMN) {
        at = full ? 10 : HELP_COLUMN;
        ebb_text_printf(out, "\n%*s", (int)at, "");
    } else {
        ebb_text_printf(out, "%*s", (int)(HELP_COLUMN - at), "");
        at = HELP_COLUMN;
    }
    put_wrapped(out, o->help, at, at);
    if (full && o->more) {
        ebb_text_printf(out, "%*s", (int)at, "");
        put_wrapped(out, o->more, at, at);
    }
}

static void put_examples(ebb_text_t *out, const example_t *examples)
{
    ebb_text_puts(out, "\nExamples:\n");
    for (const example_t *e = examples; e->command; e++) {
        ebb_text_printf(out, "  %s\n      ", e->command);
        put_wrapped(out, e->meaning, 6, 6);
    }
}

static void put_verbs(ebb_text_t *out, const command_t *const *verbs)
{
    size_t widest = 0;
    for (const command_t *const *c = verbs; *c; c++) {
        size_t width = strlen(command_word(*c));
        widest = width > widest ? width : widest;
    }
    ebb_text_puts(out, "\nVerbs:\n");
    for (const command_t *const *c = verbs; *c; c++) {
        ebb_text_printf(out, "  %-*s ", (int)widest, command_word(*c));
        put_wrapped(out, (*c)->summary, widest + 3, widest + 3);
    }
}

/* Of a verb that has verbs of its own. */
static void put_group(ebb_text_t *out, const command_t *command, bool full)
{
    ebb_text_printf(out, "Usage: ebb %s VERB [OPTION]... [FILE]...\n\n", command->name);
    put_wrapped(out, full ? command->about : command->summary, 0, 0);
    put_verbs(out, command->verbs);
    ebb_text_printf(out, "\n'ebb %s VERB --help' says more about one of them.\n",
                    command->name);
}

static void put_command(ebb_text_t *out, const command_t *command, bool full)
{
    ebb_text_printf(out, "Usage: ebb %s [OPTION]...%s%s\n\n", command->name,
                    *command->operands ? " " : "", command->operands);
    put_wrapped(out, full ? command->about : command->summary, 0, 0);
    ebb_text_puts(out, "\nOptions:\n");
    for (const option_spec_t *o = command->options; o->name; o++) {
        put_option(out, o, full);
    }
    const option_spec_t help = {.name = "help",
                                .letter = 'h',
                                .help = full ? "This text; -h is the short list"
                                             : "Short list; --help says more"};
    put_option(out, &help, full);
    if (full) {
        put_examples(out, command->examples);
    }
}

exit_status_t help_print(const command_t *command, bool full)
{
    ebb_text_t text = {0};
    if (command->verbs) {
        put_group(&text, command, full);
    } else {
        put_command(&text, command, full);
    }
    return output_text(NULL, &text);
}

void help_overview(ebb_text_t *out)
{
    put_wrapped(out,
                "ebb shows the cycle of reaching out and drawing back between two "
                "partners in their own exported messages (times and senders only, on "
                "this machine only), and runs models of it.",
                0, 0);
    ebb_text_puts(out, "\nUsage: ebb VERB [OPTION]... [FILE]...\n");
    put_verbs(out, commands);
    ebb_text_puts(
        out, "\nStart with:\n"
             "  ebb formats                       how to get your messages out\n"
             "  ebb report FILE                   the picture, here\n"
             "  ebb report FILE --html FILE       the picture, as a page\n"
             "  ebb simulate strogatz -s centre   Romeo and Juliet as equations\n\n"
             "'ebb VERB --help' says more about a verb. 'ebb --version' "
             "tells the version.\n");
}
