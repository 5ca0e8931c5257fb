/* SPDX-License-Identifier: MIT
 *
 * What a format reader sees of an import, and how the import finds the reader.
 *
 * A reader is a pair: `sniff` looks at the first bytes of an input and says how sure it
 * is that the format is its own; `read` streams the input into the import by
 * ebb_import_push. Readers keep no text: a body is reduced by ebb_body_count while it
 * passes.
 *
 * Invariant: events of the source being read are import->events[source_begin..count),
 * in the order of the input. On failure the import drops them; a reader need not clean
 * up.
 */
#ifndef EBB_MESSAGES_READER_H
#define EBB_MESSAGES_READER_H

#include "core/fail.h"
#include "ebb/messages.h"

/* A name as one or several exports spell it. Index in `persons` is ebb_event_t.person
 * until the import is finished. */
typedef struct ebb_person {
    char *name;  /* UTF-8, NUL-terminated, after aliases; bidirectional marks removed */
    size_t size; /* bytes allocated for name */
    uint64_t events; /* counted at the end */
} ebb_person_t;

#define EBB_PERSONS_MAX \
    250 /* more than a couple's chat or a group worth choosing from */

#define EBB_ZONE_NAME_MAX 64 /* bytes with the NUL; the longest of IANA has 32 */

/* What files that ebb wrote tell beside their events. */
typedef struct ebb_told {
    int lettered[2]; /* 1 + the person called A, or B; 0: nobody; -1: several are */
    char zone[EBB_ZONE_NAME_MAX]; /* of the wall clocks; "" where it is not told */
    char maker; /* 'A' or 'B' exported the messages; 0 where it is not told */
} ebb_told_t;

struct ebb_import {
    ebb_import_opts_t opts;
    const ebb_alloc_t *alloc;
    ebb_event_t *events;
    size_t count, capacity;
    ebb_person_t *persons;
    size_t person_count, person_capacity;
    ebb_source_t *sources;
    size_t source_count, source_capacity;
    size_t source_begin;     /* index of the first event of the source being read */
    struct ebb_zone *zone;   /* of opts.tz, NULL when unknown */
    ebb_text_t texts;        /* bodies, each NUL-terminated, when opts.keep_text */
    uint64_t aliases_met;    /* bit i: alias i (of the first 64) named somebody */
    bool partner_named_chat; /* opts.partner was the name of a chat, and chose it */
    uint64_t ambiguous_times;
    ebb_told_t told;
};

typedef struct ebb_reader {
    const char *format;
    /* 0: not mine, 1: perhaps, 2: surely. `head` holds the first `n` bytes (up to 64
     * KiB) */
    int (*sniff)(const char *head, size_t n);
    int (*read)(ebb_import_t *import, const ebb_input_t *input, ebb_error_t *error);
} ebb_reader_t;

extern const ebb_reader_t ebb_reader_whatsapp; /* text */
extern const ebb_reader_t ebb_reader_zip;      /* makes no source, its files are some */
extern const ebb_reader_t ebb_reader_telegram; /* result.json */
extern const ebb_reader_t ebb_reader_csv; /* time,person,... and what `events` writes */
extern const ebb_reader_t
    ebb_reader_jsonl; /* the same as JSON lines or as one document */
extern const ebb_reader_t ebb_reader_discord; /* DiscordChatExporter's JSON */
extern const ebb_reader_t ebb_reader_matrix;  /* Element's JSON */
extern const ebb_reader_t ebb_reader_line;    /* LINE's text */
extern const ebb_reader_t ebb_reader_signal;  /* signal-export's and sigtop's JSON */
extern const ebb_reader_t ebb_reader_signal_text; /* signal-export's Markdown */
extern const ebb_reader_t ebb_reader_sms;         /* SMS Backup & Restore's XML */
extern const ebb_reader_t ebb_reader_imessage;    /* chat.db */

/* The reader that knows bytes best, by the first of them; NULL when none does. */
const ebb_reader_t *ebb_reader_for(const char *head, size_t n);

/* Reads an input with a known reader, as a source of its own; what a failing one leaves
 * behind is cut off. */
int ebb_import_read(ebb_import_t *import, const ebb_input_t *input,
                    const ebb_reader_t *reader, ebb_error_t *error);

/* How far an import is, for going back to. */
typedef struct ebb_import_mark {
    size_t events, persons, sources, text;
    uint64_t ambiguous;
    ebb_told_t told;
} ebb_import_mark_t;

ebb_import_mark_t ebb_import_mark(const ebb_import_t *import);
void ebb_import_return(ebb_import_t *import, const ebb_import_mark_t *mark);

/* The source being read, to be filled in by the reader (format and label are set). */
ebb_source_t *ebb_import_source(ebb_import_t *import);

/* The index of a person by name (aliases applied, bidirectional marks and outer space
 * removed), a new one if needed; negative EBB_ERR_MEMORY, or EBB_ERR_LIMIT beyond
 * EBB_PERSONS_MAX. */
int ebb_import_person(ebb_import_t *import, const char *name, size_t length);

#define EBB_NAME_MAX 512 /* bytes; longer "names" are cut, no app allows them */

/* Writes a name without marks, control characters and outer space, NUL-terminated;
 * returns its length. */
size_t ebb_name_clean(char out[EBB_NAME_MAX], const char *name, size_t length);

/* Whether two names are the same when cleaned. */
bool ebb_names_match(const char *a, const char *b);

/* Whether two cleaned names differ in capital and small letters at most. */
bool ebb_names_alike(const char *a, const char *b);

/* Appends an event of the source being read; `source` is filled in. 0 or
 * EBB_ERR_MEMORY. */
int ebb_import_push(ebb_import_t *import, const ebb_event_t *event);

/* The place of the next event of the source being read, empty but for `source`, to be
 * filled in where it lies: it is one of the events once import->count is raised, and
 * moves with the next call. NULL: no memory. */
ebb_event_t *ebb_import_next(ebb_import_t *import);

/* Keeps a whole body for `event` when opts.keep_text, else does nothing. 0,
 * EBB_ERR_MEMORY, or EBB_ERR_LIMIT beyond 4 GiB of text. */
int ebb_import_keep(ebb_import_t *import, ebb_event_t *event, const char *bytes,
                    size_t length);

/* Appends bytes to the text being kept; NULs become U+FFFD, as texts end with one. */
void ebb_import_add_text(ebb_import_t *import, const char *bytes, size_t length);

/* Notes a place that was not understood; keeps the first EBB_POSITIONS_KEPT. */
void ebb_import_not_understood(ebb_import_t *import, uint64_t line, uint64_t column,
                               const char *reason);

/* Tells the caller how far a reader is; EBB_ERR_CANCELLED when the caller wants to
 * stop. */
int ebb_import_progress(ebb_import_t *import, uint64_t done, uint64_t total);

/* Counts a body piece by piece: zero-initialise, feed any number of pieces (cut
 * anywhere, also inside a code point), read the counts. Bytes that are not UTF-8 count
 * one character each. */
typedef struct ebb_body {
    uint32_t characters;
    uint32_t words;
    uint8_t _pending[4]; /* an unfinished sequence at the end of the last piece */
    uint8_t _pending_count;
    bool _in_run;     /* between White_Space */
    bool _run_counts; /* the run holds a letter or a digit already */
} ebb_body_t;

void ebb_body_count(ebb_body_t *body, const char *bytes, size_t length);

/* The same, faster, where EBB_BODY_SLACK bytes behind the piece may be read too; what
 * stands in them does not matter. */
#define EBB_BODY_SLACK 64
void ebb_body_count_padded(ebb_body_t *body, const char *bytes, size_t length);

/* Bytes of the UTF-8 sequence at `bytes` (n >= 1), 0 where none is whole and right. */
int ebb_utf8_length(const char *bytes, size_t n);

/* What is wrong with text that should be UTF-8, and the fix; NULL when nothing is. */
const char *ebb_encoding_problem(const char *head, size_t n);

/* Time zones by IANA name: a table of transitions, so that a look-up is a binary
 * search. */
typedef struct ebb_zone ebb_zone_t;
int ebb_zone_open(
    ebb_zone_t **zone, const char *name, const ebb_alloc_t *alloc,
    ebb_error_t *error); /* EBB_ERR_ARGUMENT for an unknown zone, with a hint */
void ebb_zone_free(ebb_zone_t *zone);

/* Offset (seconds east of UTC) of an instant (seconds since 1970 UTC). */
int32_t ebb_zone_offset_at(const ebb_zone_t *zone, int64_t instant_s);

/* Offset of a wall clock. Where the clock occurs twice, the first (`second` false) or
 * second one; where it never occurs, the offset before the gap. `*ambiguous` says that
 * it did either. */
int32_t ebb_zone_offset_of_local(const ebb_zone_t *zone, int64_t local_s, bool second,
                                 bool *ambiguous);

/* A stretch of the wall clock, [from_s, until_s), that a zone leaves undisturbed. */
typedef struct ebb_calm {
    int64_t from_s, until_s;
    int32_t offset_s;
} ebb_calm_t;

/* The stretch that holds a wall clock; the one after it, where the clock is disturbed.
 */
ebb_calm_t ebb_zone_calm(const ebb_zone_t *zone, int64_t local_s);

#endif
