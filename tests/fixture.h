/* SPDX-License-Identifier: MIT
 *
 * An export and what is expected of it, as two files. NAME.expected begins with lines
 * of choices and facts and goes on with the CSV that `ebb events` shall write:
 *
 *     # a comment
 *     file OTHER.json            instead of the file beside it
 *     tz, me, partner ZONE or NAME, between NAME|NAME, alias FROM|TO     choices
 *     names, text                columns wanted in the CSV
 *     keep disappearing          choice
 *     format, dialect TEXT, zone known, lines N, ambiguous N, reordered N, dropped N
 *     duplicates N, sources N    the others are of the first source
 *     undecrypted N, disappearing N
 *     minute yes                 the source's clock shows minutes only
 *     not_understood 3:14 REASON one line each, in order; none means none
 *     error -3 7:5 TEXT          it shall fail so, the message holding TEXT
 *     instant,local,...
 */
#ifndef EBB_TESTS_FIXTURE_H
#define EBB_TESTS_FIXTURE_H

#include <inttypes.h>
#include <stdlib.h>

#include "check.h"
#include "ebb/host.h"
#include "ebb/messages.h"

#define FIXTURE_FACTS 40

typedef struct fixture {
    char folder[256];
    char *expected; /* the whole file, cut into lines */
    char *csv;      /* where its CSV begins; NULL: an error is expected */
    char file[300];
    ebb_import_opts_t import;
    ebb_events_opts_t events;
    ebb_alias_t alias;
    const char *facts[FIXTURE_FACTS];
    size_t fact_count;
} fixture_t;

static inline char *fixture_slurp(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        return NULL;
    }
    (void)fseek(file, 0, SEEK_END);
    long length = ftell(file);
    rewind(file);
    char *bytes = malloc((size_t)length + 1);
    if (bytes) {
        *size = fread(bytes, 1, (size_t)length, file);
        bytes[*size] = '\0';
    }
    fclose(file);
    return bytes;
}

/* The text behind `word` and a blank at the beginning of a line, else NULL. */
static inline char *fixture_after(char *line, const char *word)
{
    size_t n = strlen(word);
    return strncmp(line, word, n) == 0 && (line[n] == ' ' || line[n] == '\0')
               ? line + n + (line[n] == ' ')
               : NULL;
}

static inline char *fixture_split(char *pair)
{
    char *bar = strchr(pair, '|');
    if (bar) {
        *bar++ = '\0';
    }
    return bar;
}

static inline void fixture_line(fixture_t *f, char *line)
{
    char *rest = NULL;
    if (line[0] == '#') {
        return;
    }
    if ((rest = fixture_after(line, "file")) != NULL) {
        (void)snprintf(f->file, sizeof f->file, "%s", rest);
    } else if ((rest = fixture_after(line, "tz")) != NULL) {
        f->import.tz = rest;
    } else if ((rest = fixture_after(line, "me")) != NULL) {
        f->import.me = rest;
    } else if ((rest = fixture_after(line, "partner")) != NULL) {
        f->import.partner = rest;
    } else if ((rest = fixture_after(line, "between")) != NULL) {
        f->import.between[1] = fixture_split(rest);
        f->import.between[0] = rest;
    } else if ((rest = fixture_after(line, "alias")) != NULL) {
        f->alias.to = fixture_split(rest);
        f->alias.from = rest;
        f->import.aliases = &f->alias;
        f->import.alias_count = 1;
    } else if (fixture_after(line, "keep")) {
        f->import.keep_disappearing = true;
    } else if (fixture_after(line, "names")) {
        f->events.names = true;
    } else if (fixture_after(line, "text")) {
        f->events.text = f->import.keep_text = true;
    } else if (f->fact_count < FIXTURE_FACTS) {
        f->facts[f->fact_count++] = line;
    }
}

/* Reads FOLDER/NAME.expected; false when it is not there. `suffix` is that of the
 * export beside it. */
static inline bool fixture_open(fixture_t *f, const char *folder, const char *name,
                                const char *suffix)
{
    char path[600];
    size_t size = 0;
    memset(f, 0, sizeof *f);
    (void)snprintf(f->folder, sizeof f->folder, "%s", folder);
    (void)snprintf(f->file, sizeof f->file, "%s%s", name, suffix);
    (void)snprintf(path, sizeof path, "%s/%s.expected", folder, name);
    f->expected = fixture_slurp(path, &size);
    char *line = f->expected;
    while (line && *line) {
        if (strncmp(line, "instant,", 8) == 0) {
            f->csv = line;
            break;
        }
        char *end = strchr(line, '\n');
        if (!end) {
            break;
        }
        *end = '\0';
        fixture_line(f, line);
        line = end + 1;
    }
    check_one(f->expected != NULL, path, __FILE__, __LINE__);
    return f->expected != NULL;
}

static inline void fixture_close(fixture_t *f)
{
    free(f->expected);
    f->expected = NULL;
}

static inline char *fixture_input(const fixture_t *f, size_t *size)
{
    char path[600];
    (void)snprintf(path, sizeof path, "%s/%s", f->folder, f->file);
    char *bytes = fixture_slurp(path, size);
    check_one(bytes != NULL, path, __FILE__, __LINE__);
    return bytes;
}

static inline int fixture_append(void *user, const char *bytes, size_t length)
{
    ebb_text_append(user, bytes, length);
    return 0;
}

/* Imports bytes with the fixture's choices. */
static inline int fixture_import(const fixture_t *f, const char *bytes, size_t size,
                                 ebb_history_t **history, ebb_error_t *error)
{
    ebb_import_t *import = NULL;
    ebb_input_t input = ebb_input_memory(bytes, size, f->file);
    *history = NULL;
    int code = ebb_import_open(&import, &f->import, error);
    code = code ? code : ebb_import_add(import, &input, error);
    code = code ? code : ebb_import_finish(import, history, error);
    ebb_import_free(import);
    return code;
}

static inline void fixture_write(const ebb_history_t *history, ebb_events_opts_t opts,
                                 ebb_text_t *out)
{
    ebb_sink_t sink = {fixture_append, out};
    ebb_text_init(out, NULL);
    CHECK(ebb_events_write(history, &opts, &sink) == EBB_OK);
}

/* What the account says in place of the fact `line`; false for an unknown fact. */
static inline bool fixture_fact(const ebb_account_t *account, const char *line,
                                size_t *position, char *said, size_t room)
{
    const ebb_source_t *s = &account->sources[0];
    size_t n = strcspn(line, " ");
    int written = -1;
#define FIXTURE_SAY(word, ...)                                \
    if (n == strlen(word) && strncmp(line, word, n) == 0) {   \
        written = snprintf(said, room, word " " __VA_ARGS__); \
    }
    FIXTURE_SAY("format", "%s", s->format)
    FIXTURE_SAY("dialect", "%s", s->dialect)
    FIXTURE_SAY("zone", "%s", s->zone_known ? "known" : "unknown")
    FIXTURE_SAY("minute", "%s", s->minute_clock ? "yes" : "no")
    FIXTURE_SAY("lines", "%" PRIu64, s->lines)
    FIXTURE_SAY("reordered", "%" PRIu64, s->reordered)
    FIXTURE_SAY("undecrypted", "%" PRIu64, s->undecrypted)
    FIXTURE_SAY("disappearing", "%" PRIu64, s->disappearing)
    FIXTURE_SAY("ambiguous", "%" PRIu64, account->ambiguous_times)
    FIXTURE_SAY("dropped", "%" PRIu64, account->dropped_persons)
    FIXTURE_SAY("duplicates", "%" PRIu64, account->duplicates)
    FIXTURE_SAY("sources", "%zu", account->source_count)
    if (strncmp(line, "not_understood ", 15) == 0 && *position < s->not_understood &&
        *position < EBB_POSITIONS_KEPT) {
        const ebb_position_t *p = &s->positions[(*position)++];
        written = snprintf(said, room, "not_understood %" PRIu64 ":%" PRIu64 " %s",
                           p->line, p->column, p->reason);
    }
    return written >= 0;
}

static inline void fixture_check_facts(const fixture_t *f, const ebb_history_t *history)
{
    const ebb_account_t *account = ebb_history_account(history);
    size_t position = 0;
    for (size_t i = 0; i < f->fact_count; i++) {
        char said[400] = "";
        check_one(fixture_fact(account, f->facts[i], &position, said, sizeof said),
                  f->facts[i], f->file, 0);
        check_string(said, f->facts[i], f->file, 0);
    }
    check_one(account->sources[0].not_understood == position,
              "nothing else was left not understood", f->file, 0);
}

static inline void fixture_check_error(const fixture_t *f, int code,
                                       const ebb_error_t *error)
{
    int want = 0;
    unsigned long long line = 0, column = 0;
    int used = 0;
    const char *fact = f->fact_count ? f->facts[f->fact_count - 1] : "";
    if (sscanf(fact, "error %d %llu:%llu %n", &want, &line, &column, &used) < 3) {
        line = column = 0;
        (void)sscanf(fact, "error %d %n", &want, &used);
    }
    bool same = code == want && error->line == line && error->column == column &&
                strstr(error->text, fact + used) != NULL;
    check_one(same, fact, f->file, 0);
    if (!same) {
        fprintf(stderr, "    got: %d %s:%" PRIu64 ":%" PRIu64 " %s\n", code,
                error->where, error->line, error->column, error->text);
    }
}

/* What was written reads back to the same bytes, as CSV and as JSON. */
static inline void fixture_check_round_trip(const fixture_t *f,
                                            const ebb_history_t *history)
{
    for (int json = 0; json < 2; json++) {
        fixture_t plain;
        memset(&plain, 0, sizeof plain);
        plain.import.keep_text = f->import.keep_text;
        (void)snprintf(plain.file, sizeof plain.file, "written");
        ebb_events_opts_t opts = f->events;
        opts.json = json;
        ebb_text_t first, second;
        ebb_history_t *back = NULL;
        ebb_error_t error = {0};
        fixture_write(history, opts, &first);
        int code = fixture_import(&plain, first.data, first.length, &back, &error);
        check_string(code ? error.text : "", "", f->file, (int)error.line);
        if (back) {
            fixture_write(back, opts, &second);
            check_string(second.data, first.data, f->file, 0);
            ebb_text_free(&second);
        }
        ebb_history_free(back);
        ebb_text_free(&first);
    }
}

/* What importing a fixture's bytes (NULL: they could not be had) gives, against its
 * expectations. */
static inline void fixture_check_bytes(const fixture_t *f, const char *name,
                                       const char *bytes, size_t size)
{
    ebb_history_t *history = NULL;
    ebb_error_t error = {0};
    int code = bytes ? fixture_import(f, bytes, size, &history, &error) : 0;
    if (!f->csv) {
        fixture_check_error(f, code, &error);
    } else if (code) {
        check_string(error.text, "no error", f->file, (int)error.line);
    } else if (history) {
        ebb_text_t out;
        fixture_check_facts(f, history);
        fixture_write(history, f->events, &out);
        check_string(out.data, f->csv, name, 0);
        ebb_text_free(&out);
        fixture_check_round_trip(f, history);
    }
    ebb_history_free(history);
}

/* The whole check of one fixture against its expectations. */
static inline void fixture_check(const char *folder, const char *name,
                                 const char *suffix)
{
    fixture_t f;
    size_t size = 0;
    if (!fixture_open(&f, folder, name, suffix)) {
        return;
    }
    char *bytes = fixture_input(&f, &size);
    fixture_check_bytes(&f, name, bytes, size);
    free(bytes);
    fixture_close(&f);
}

#endif
