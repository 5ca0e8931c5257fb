/* SPDX-License-Identifier: MIT
 * Importing the files of a command line. */
#define _DEFAULT_SOURCE
#include "import.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "progress.h"
#include "screen.h"
#include "talk.h"

/* The aliases of a command line, cut at their '='. */
typedef struct alias_table {
    ebb_alias_t *rows;
    char *names; /* all names, each ended by NUL */
    size_t count, name_bytes;
} alias_table_t;

static void alias_free(alias_table_t *table)
{
    const ebb_alloc_t *alloc = ebb_alloc_default();
    (void)alloc->resize(alloc->user, table->rows, table->count * sizeof *table->rows,
                        0);
    (void)alloc->resize(alloc->user, table->names, table->name_bytes, 0);
}

static exit_status_t alias_room(alias_table_t *table, const string_list_t *given)
{
    const ebb_alloc_t *alloc = ebb_alloc_default();
    for (size_t i = 0; i < given->count; i++) {
        table->name_bytes += strlen(given->items[i]) + 1;
    }
    if (given->count == 0) {
        return EXIT_OK;
    }
    table->count = given->count;
    table->rows =
        alloc->resize(alloc->user, NULL, 0, given->count * sizeof *table->rows);
    table->names = alloc->resize(alloc->user, NULL, 0, table->name_bytes);
    if (!table->rows || !table->names) {
        return talk_no_memory();
    }
    return EXIT_OK;
}

static exit_status_t alias_read(const command_t *command, alias_table_t *table,
                                const string_list_t *given)
{
    exit_status_t status = alias_room(table, given);
    char *at = table->names;
    for (size_t i = 0; status == EXIT_OK && i < given->count; i++) {
        size_t length = strlen(given->items[i]);
        memcpy(at, given->items[i], length + 1);
        char *equals = strchr(at, '=');
        if (!equals || equals == at || !equals[1]) {
            return usage_error(command, "--alias takes FROM=TO, not '%s'",
                               given->items[i]);
        }
        *equals = '\0';
        table->rows[i] = (ebb_alias_t){.from = at, .to = equals + 1};
        at += length + 1;
    }
    return status;
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static int add_folder(ebb_import_t *import, const char *path, ebb_error_t *error)
{
    ebb_folder_t folder;
    int code = ebb_folder_open(&folder, path, error);
    if (code == EBB_OK) {
        code = ebb_import_add_folder(import, &folder, error);
        ebb_folder_close(&folder);
    }
    return code;
}

static int add_file(ebb_import_t *import, const char *path, ebb_error_t *error)
{
    ebb_input_t input;
    if (is_folder(path)) {
        return add_folder(import, path, error);
    }
    int code = ebb_input_open(&input, path, error);
    if (code == EBB_OK) {
        code = ebb_import_add(import, &input, error);
        ebb_input_close(&input);
    }
    return code;
}

/* Before an error: what was read, if some of it was not understood, as that may be why
 * a person is missing. */
static void tell_doubts(const ebb_import_t *import)
{
    ebb_account_t account = ebb_import_account(import);
    uint64_t doubts = 0;
    for (size_t i = 0; i < account.source_count; i++) {
        const ebb_source_t *s = &account.sources[i];
        doubts += s->not_understood + s->undecrypted + s->disappearing;
    }
    if (doubts > 0) {
        account_tell(&account);
    }
}

/* Whether the person at the screen says yes. */
static bool says_yes(const ebb_guess_t *guess)
{
    char answer[16] = "";
    talk("In %s %s writes with %s, elsewhere %s writes with %s.\n"
         "Are %s and %s one person? [y/N] ",
         guess->label, guess->name, guess->beside, guess->perhaps, guess->with,
         guess->name, guess->perhaps);
    return fgets(answer, sizeof answer, stdin) && (*answer == 'y' || *answer == 'Y');
}

#define REFUSALS_MOST 64

/* What was answered with no, which is not asked again. */
typedef struct refusals {
    ebb_guess_t guesses[REFUSALS_MOST];
    size_t count;
} refusals_t;

static bool is_refused(const refusals_t *refusals, const ebb_guess_t *guess)
{
    for (size_t i = 0; i < refusals->count; i++) {
        if (guess->name == refusals->guesses[i].name &&
            guess->perhaps == refusals->guesses[i].perhaps) {
            return true;
        }
    }
    return false;
}

/* Asks whoever is at the screen about each guess; an answer may raise new ones. */
static void ask_names(ebb_import_t *import)
{
    refusals_t refusals = {.count = 0};
    ebb_guess_t guess;
    for (size_t i = 0;
         refusals.count < REFUSALS_MOST && ebb_import_guess(import, i, &guess);) {
        if (is_refused(&refusals, &guess)) {
            i++;
        } else if (says_yes(&guess)) {
            ebb_import_join(import, &guess);
            i = 0;
        } else {
            refusals.guesses[refusals.count++] = guess;
        }
    }
}

/* Says that there is something to ask. A log or a pipe gets no names. */
static void tell_names(const ebb_import_t *import)
{
    const char *told = NULL;
    ebb_guess_t guess;
    for (size_t i = 0; ebb_import_guess(import, i, &guess); i++) {
        if (guess.label != told) {
            talk("ebb: in %s somebody writes who writes in no other file; if this is "
                 "one of the two by another name, join them with --alias NAME=NAME\n",
                 guess.label);
        }
        told = guess.label;
    }
}

/* A person under two names would be counted as two: asks where somebody can answer. */
static void settle_names(ebb_import_t *import, const string_list_t *files)
{
    bool asks = isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
    for (size_t i = 0; i < files->count; i++) {
        asks = asks && strcmp(files->items[i], "-") != 0;
    }
    if (asks) {
        ask_names(import);
    } else {
        tell_names(import);
    }
}

/* Ends the progress that `opts` tells as well: what is told comes after it. */
static int import_all(const ebb_import_opts_t *opts, const string_list_t *files,
                      ebb_history_t **history, ebb_error_t *error)
{
    ebb_import_t *import = NULL;
    int code = ebb_import_open(&import, opts, error);
    for (size_t i = 0; code == EBB_OK && i < files->count; i++) {
        code = add_file(import, files->items[i], error);
    }
    progress_end(opts->progress_user);
    if (code == EBB_OK) {
        settle_names(import, files);
        code = ebb_import_finish(import, history, error);
    }
    if (code != EBB_OK && import) {
        tell_doubts(import);
    }
    ebb_import_free(import);
    return code;
}

/* Who is A and who is B, for the person at the screen alone: a result, a log and a pipe
 * never get it. */
static void tell_letters(const ebb_history_t *history)
{
    if (isatty(STDERR_FILENO)) {
        talk("A is %s, B is %s\n\n", ebb_history_name(history, 0),
             ebb_history_name(history, 1));
    }
}

/* Names that contradict each other, in the words of the command line; the library says
 * the rest. */
static exit_status_t check_people(const command_t *command,
                                  const people_values_t *people)
{
    const char *me = people->me, *partner = people->partner;
    const char *a = people->between[0], *b = people->between[1];
    if (me && partner && strcmp(me, partner) == 0) {
        return usage_error(command, "--me and --partner are the same person, '%s'", me);
    }
    if (a && b && strcmp(a, b) == 0) {
        return usage_error(command, "--between takes two persons, not '%s' twice", a);
    }
    const char *named[2] = {me, partner};
    for (int i = 0; a && b && i < 2; i++) {
        if (named[i] && strcmp(named[i], a) != 0 && strcmp(named[i], b) != 0) {
            return usage_error(command,
                               "--%s '%s' is neither of the two that --between names",
                               i ? "partner" : "me", named[i]);
        }
    }
    return EXIT_OK;
}

exit_status_t import_files(const command_t *command, const people_values_t *people,
                           bool keep_text, const string_list_t *files,
                           ebb_history_t **history)
{
    *history = NULL;
    if (files->count == 0) {
        return usage_error(command, "needs a FILE: an exported chat, or - for standard "
                                    "input ('ebb formats' tells how to get one)");
    }
    alias_table_t aliases = {0};
    exit_status_t status = check_people(command, people);
    if (status == EXIT_OK) {
        status = alias_read(command, &aliases, &people->aliases);
    }
    if (status == EXIT_OK) {
        progress_t progress = progress_begin("reading");
        const ebb_import_opts_t opts = {
            .me = people->me,
            .partner = people->partner,
            .between = {people->between[0], people->between[1]},
            .aliases = aliases.rows,
            .alias_count = aliases.count,
            .tz = people->tz,
            .keep_text = keep_text,
            .keep_disappearing = people->keep_disappearing,
            .progress = progress_update,
            .progress_user = &progress,
        };
        ebb_error_t error = {0};
        int code = import_all(&opts, files, history, &error);
        status = code ? talk_error(&error) : EXIT_OK;
        if (code == EBB_ERR_CHOICE) {
            talk("Name them with --between NAME NAME, or with --me or --partner.\n");
        }
    }
    if (status == EXIT_OK) {
        account_tell(ebb_history_account(*history));
        tell_letters(*history);
    }
    alias_free(&aliases);
    return status;
}
