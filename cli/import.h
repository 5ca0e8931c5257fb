/* SPDX-License-Identifier: MIT
 * From files on the command line to a history, and the account of it on stderr. Shared
 * by report and events. */
#ifndef EBB_CLI_IMPORT_H
#define EBB_CLI_IMPORT_H

#include "ebb/messages.h"
#include "options.h"

/* Who is who; filled by PEOPLE_OPTIONS. */
typedef struct people_values {
    const char *me, *partner;
    const char *between[2];
    string_list_t aliases; /* FROM=TO */
    const char *tz;
    bool keep_disappearing;
} people_values_t;

/* The rows for a verb whose values hold a `people_values_t people`. */
#define PEOPLE_OPTIONS(values_t)                                                     \
    {.name = "me",                                                                   \
     .kind = OPTION_STRING,                                                          \
     .target = offsetof(values_t, people.me),                                        \
     .argument = "NAME",                                                             \
     .help = "Who exported the messages; counts as A",                               \
     .more = "Also says who 'You' is where the app writes that."},                   \
        {.name = "partner",                                                          \
         .kind = OPTION_STRING,                                                      \
         .target = offsetof(values_t, people.partner),                               \
         .argument = "NAME",                                                         \
         .help = "The other person, or the chat's name in a full export"},           \
        {.name = "between",                                                          \
         .kind = OPTION_PAIR,                                                        \
         .target = offsetof(values_t, people.between),                               \
         .argument = "NAME NAME",                                                    \
         .help = "Exactly these two: the first is A, the second B"},                 \
        {.name = "alias",                                                            \
         .kind = OPTION_LIST,                                                        \
         .target = offsetof(values_t, people.aliases),                               \
         .argument = "FROM=TO",                                                      \
         .help = "A name in an export and the name it counts as",                    \
         .more = "For a contact that was renamed, or has two numbers. May be given " \
                 "again and again."},                                                \
        {.name = "tz",                                                               \
         .kind = OPTION_STRING,                                                      \
         .target = offsetof(values_t, people.tz),                                    \
         .argument = "ZONE",                                                         \
         .help = "Time zone of the phone that exported, as Europe/Berlin",           \
         .more =                                                                     \
             "Used only for formats that do not state one. Without it, nights when " \
             "the clock changes are an hour off."},                                  \
    {                                                                                \
        .name = "keep-disappearing", .kind = OPTION_FLAG,                            \
        .target = offsetof(values_t, people.keep_disappearing),                      \
        .help = "Counts messages as well that were set to disappear",                \
        .more = "Where an export still holds them (Signal). Whoever wrote them did " \
                "not mean them to stay."                                             \
    }

/**
 * Reads all files into one history and tells on stderr what was read, what was
 * understood and what was not.
 *
 * @param[in]  command    for errors of the command line
 * @param[in]  people     who is who
 * @param[in]  keep_text  whether bodies are kept
 * @param[in]  files      paths; "-" is standard input
 * @param[out] history    to be released with ebb_history_free; NULL unless EXIT_OK
 * @return EXIT_OK, or the status to end with, which has been told.
 */
exit_status_t import_files(const command_t *command, const people_values_t *people,
                           bool keep_text, const string_list_t *files,
                           ebb_history_t **history);

/* Tells the account of a history on stderr. */
void account_tell(const ebb_account_t *account);

#endif
