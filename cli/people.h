/* SPDX-License-Identifier: MIT
 * What `ebb develop` and `ebb pair` share: mechanisms that can be taken out, numbers
 * that can be set, and where the result goes. */
#ifndef EBB_CLI_PEOPLE_H
#define EBB_CLI_PEOPLE_H

#include "ebb/named.h"
#include "ebb/simulate.h"
#include "options.h"
#include "output.h"

typedef struct people_values {
    string_list_t without, set;
    const char *only, *format, *output;
    uint64_t seed;
    int width;
} people_values_t;

/* `type` has a people_values_t called `people`. */
#define PEOPLE_OPTION(type, field) .target = offsetof(type, people.field)

#define PEOPLE_SWITCHES(type)                                                          \
    {.name = "without",                                                                \
     .kind = OPTION_LIST,                                                              \
     PEOPLE_OPTION(type, without),                                                     \
     .argument = "MECHANISM",                                                          \
     .help = "Takes a mechanism out; again for more"},                                 \
        {.name = "only",                                                               \
         .kind = OPTION_STRING,                                                        \
         PEOPLE_OPTION(type, only),                                                    \
         .argument = "MECHANISM",                                                      \
         .help = "Takes all but this one out"},                                        \
        {.name = "set",                                                                \
         .kind = OPTION_LIST,                                                          \
         PEOPLE_OPTION(type, set),                                                     \
         .argument = "NAME=NUMBER",                                                    \
         .help = "Sets a number; again for more",                                      \
         .more = "Which there are, and from where, is in docs/maths/people.md and in " \
                 "the JSON document."},                                                \
        {.name = "seed",                                                               \
         .kind = OPTION_WHOLE,                                                         \
         PEOPLE_OPTION(type, seed),                                                    \
         .argument = "N",                                                              \
         .high = UINT64_MAX,                                                           \
         .help = "Another seed is other chance; 0 by default"},

#define PEOPLE_FORM(type)                                          \
    {.name = "format",                                             \
     .kind = OPTION_CHOICE,                                        \
     PEOPLE_OPTION(type, format),                                  \
     .argument = "FORM",                                           \
     .choices = "text|json|csv",                                   \
     .help = "text (default), json or csv",                        \
     .more = "The JSON document is described in docs/schema.md."}, \
        {.name = "output",                                         \
         .letter = 'o',                                            \
         .kind = OPTION_FILE,                                      \
         PEOPLE_OPTION(type, output),                              \
         .argument = "FILE",                                       \
         .help = "Write there instead of to standard output",      \
         .more = "The file appears whole or not at all."},         \
        {.name = "width",                                          \
         .kind = OPTION_NUMBER,                                    \
         PEOPLE_OPTION(type, width),                               \
         .argument = "N",                                          \
         .low = 80,                                                \
         .high = 200,                                              \
         .help = "Columns of the text; 80 by default"},

/* The bits of the mechanisms that --without and --only take out. `word` gives the word
 * of a bit, NULL behind the last. */
exit_status_t people_without(const command_t *self, const people_values_t *values,
                             const char *(*word)(size_t k), unsigned *without);

/* Writes the numbers of --set into a struct of them. `number` gives a number's entry,
 * without a name behind the last. */
exit_status_t people_set(const command_t *self, const people_values_t *values,
                         ebb_named_t (*number)(size_t k), void *numbers);

/* How text is drawn where the result goes. */
ebb_picture_opts_t people_picture(const people_values_t *values);

/* Whether --format says so. */
bool people_wants(const people_values_t *values, const char *format);

/* Writes what a renderer has made, or tells that memory is used up. */
exit_status_t people_write(const people_values_t *values, int code, ebb_text_t *text);

#endif
