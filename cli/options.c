/* SPDX-License-Identifier: MIT
 * The parser over option tables. Every verb also has -h and --help, which need no row.
 */
#include "options.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ebb/nearest.h"
#include "help_text.h"
#include "list.h"
#include "talk.h"

/* Where the parser stands. */
typedef struct parser {
    const command_t *command;
    void *values;
    string_list_t *operands;
    int argc;
    char **argv;
    int next; /* the next argument */
} parser_t;

exit_status_t usage_error(const command_t *command, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    talk("ebb %s: %s\nTry 'ebb %s --help'.\n", command->name, text, command->name);
    return EXIT_USAGE;
}

bool number_read(const char *text, double *number)
{
    char *end = NULL;
    bool begins = *text && strchr("+-.0123456789", *text);
    double read = begins ? strtod(text, &end) : 0;
    if (!begins || end == text || *end || !isfinite(read)) {
        return false;
    }
    *number = read;
    return true;
}

static const option_spec_t *find_long(const command_t *command, const char *name,
                                      size_t length)
{
    for (const option_spec_t *o = command->options; o->name; o++) {
        if (strlen(o->name) == length && strncmp(o->name, name, length) == 0) {
            return o;
        }
    }
    return NULL;
}

static const option_spec_t *find_letter(const command_t *command, char letter)
{
    for (const option_spec_t *o = command->options; o->name; o++) {
        if (o->letter == letter) {
            return o;
        }
    }
    return NULL;
}

static bool is_choice(const char *choices, const char *value)
{
    size_t length = strlen(value);
    for (const char *c = choices; c && length; c = strchr(c, '|')) {
        c += *c == '|';
        if (strncmp(c, value, length) == 0 && (c[length] == '|' || !c[length])) {
            return true;
        }
    }
    return false;
}

static int set_whole(const parser_t *p, const option_spec_t *o, const char *value,
                     uint64_t *number)
{
    char *end = NULL;
    errno = 0;
    unsigned long long read = strtoull(value, &end, 10);
    bool digits = value[0] >= '0' && value[0] <= '9'; /* no sign, no space */
    if (errno || !digits || *end || read < o->low || read > o->high) {
        return usage_error(p->command,
                           "--%s takes a whole number from %" PRIu64 " to %" PRIu64
                           ", not '%s'",
                           o->name, o->low, o->high, value);
    }
    *number = read;
    return OPTIONS_READ;
}

static int set_number(const parser_t *p, const option_spec_t *o, const char *value,
                      int *target)
{
    uint64_t number = 0;
    int result = set_whole(p, o, value, &number);
    if (result == OPTIONS_READ) {
        *target = (int)number;
    }
    return result;
}

static int set_real(const parser_t *p, const option_spec_t *o, const char *value,
                    double *target)
{
    double number = 0;
    bool positive = o->kind == OPTION_POSITIVE;
    if (!number_read(value, &number) || (positive && number <= 0)) {
        return usage_error(p->command, "--%s takes a number%s, not '%s'", o->name,
                           positive ? " above 0" : "", value);
    }
    *target = number;
    return OPTIONS_READ;
}

static const char *take_next(parser_t *p)
{
    return p->next < p->argc ? p->argv[p->next++] : NULL;
}

static int set_pair(parser_t *p, const option_spec_t *o, const char *first,
                    const char **target)
{
    target[0] = first;
    target[1] = take_next(p);
    if (!target[1]) {
        return usage_error(p->command, "--%s takes two arguments: %s", o->name,
                           o->argument);
    }
    return OPTIONS_READ;
}

/* Stores `value` (NULL for a flag) where the row says. */
static int set_option(parser_t *p, const option_spec_t *o, const char *value)
{
    void *target = (char *)p->values + o->target;
    switch (o->kind) {
    case OPTION_FLAG:
        *(bool *)target = true;
        return OPTIONS_READ;
    case OPTION_CHOICE:
        if (!is_choice(o->choices, value)) {
            return usage_error(p->command, "--%s takes one of %s, not '%s'", o->name,
                               o->choices, value);
        }
        *(const char **)target = value;
        return OPTIONS_READ;
    case OPTION_STRING:
    case OPTION_FILE:
    case OPTION_SCENARIO:
        *(const char **)target = value;
        return OPTIONS_READ;
    case OPTION_PAIR:
        return set_pair(p, o, value, target);
    case OPTION_LIST:
        if (list_add(target, value)) {
            return OPTIONS_READ;
        }
        return usage_error(p->command, "out of memory");
    case OPTION_NUMBER:
        return set_number(p, o, value, target);
    case OPTION_WHOLE:
        return set_whole(p, o, value, target);
    case OPTION_REAL:
    case OPTION_POSITIVE:
        return set_real(p, o, value, target);
    }
    return EXIT_USAGE;
}

/* An option with its argument, which is `value` or else the next word. */
static int take_option(parser_t *p, const option_spec_t *o, const char *value)
{
    if (o->kind == OPTION_FLAG && value) {
        return usage_error(p->command, "--%s takes no argument", o->name);
    }
    if (o->kind != OPTION_FLAG && !value) {
        value = take_next(p);
        if (!value) {
            return usage_error(p->command, "--%s needs %s", o->name, o->argument);
        }
    }
    return set_option(p, o, value);
}

static int unknown_long(const parser_t *p, const char *word)
{
    char name[64];
    (void)snprintf(name, sizeof name, "%.*s", (int)strcspn(word, "="), word);
    ebb_nearest_t near = {.typed = name};
    for (const option_spec_t *o = p->command->options; o->name; o++) {
        ebb_nearest_consider(&near, o->name);
    }
    if (near.best) {
        return usage_error(p->command, "unknown option '--%s'; did you mean '--%s'?",
                           name, near.best);
    }
    return usage_error(p->command, "unknown option '--%s'", name);
}

static int take_long(parser_t *p, const char *word)
{
    if (strcmp(word, "help") == 0) {
        return help_print(p->command, true);
    }
    size_t length = strcspn(word, "=");
    const option_spec_t *o = find_long(p->command, word, length);
    if (!o) {
        return unknown_long(p, word);
    }
    return take_option(p, o, word[length] ? word + length + 1 : NULL);
}

/* One word of letters: flags may stand together, an argument may follow at once. */
static int take_letters(parser_t *p, const char *letters)
{
    while (*letters) {
        char letter = *letters++;
        if (letter == 'h') {
            return help_print(p->command, false);
        }
        const option_spec_t *o = find_letter(p->command, letter);
        if (!o) {
            return usage_error(p->command, "unknown option '-%c'", letter);
        }
        bool joined = o->kind != OPTION_FLAG && *letters;
        int result = take_option(p, o, joined ? letters : NULL);
        if (result != OPTIONS_READ || joined) {
            return result;
        }
    }
    return OPTIONS_READ;
}

static int take_operand(parser_t *p, const char *word)
{
    if (!*p->command->operands) {
        return usage_error(p->command, "takes no '%s'", word);
    }
    if (!list_add(p->operands, word)) {
        return usage_error(p->command, "out of memory");
    }
    return OPTIONS_READ;
}

int options_parse(const command_t *command, void *values, string_list_t *operands,
                  int argc, char **argv)
{
    parser_t p = {command, values, operands, argc, argv, 0};
    bool options_ended = false;
    int result = OPTIONS_READ;
    while (result == OPTIONS_READ && p.next < argc) {
        const char *word = argv[p.next++];
        if (options_ended || word[0] != '-' || !word[1]) {
            result = take_operand(&p, word);
        } else if (strcmp(word, "--") == 0) {
            options_ended = true;
        } else if (word[1] == '-') {
            result = take_long(&p, word + 2);
        } else {
            result = take_letters(&p, word + 1);
        }
    }
    return result;
}

void options_free(const command_t *command, void *values)
{
    for (const option_spec_t *o = command->options; o->name; o++) {
        if (o->kind == OPTION_LIST) {
            list_free((string_list_t *)(void *)((char *)values + o->target));
        }
    }
}
