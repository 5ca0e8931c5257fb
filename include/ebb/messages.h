/* SPDX-License-Identifier: MIT
 *
 * From a messenger's export to one stream of events: who, when, what kind, how long. No
 * text.
 *
 * Use: ebb_import_open, ebb_import_add for each input, ebb_import_finish. The result is
 * a history: events in time order, the persons, and an account of what was read, what
 * was understood and what was not. Readers see only ebb_input_t and never trust its
 * bytes.
 *
 * Clocks. An event has a wall clock (`local_s`: what the exporting device showed) and,
 * where the zone is known, the offset to UTC. The two are never mixed: instant =
 * local_s - offset_s.
 */
#ifndef EBB_MESSAGES_H
#define EBB_MESSAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ebb/alloc.h"
#include "ebb/error.h"
#include "ebb/host.h"
#include "ebb/text.h"

/* name, word used in files */
#define EBB_KIND_LIST(X)                   \
    X(EBB_KIND_TEXT, "text")               \
    X(EBB_KIND_MEDIA, "media")             \
    X(EBB_KIND_VOICE, "voice")             \
    X(EBB_KIND_CALL, "call")               \
    X(EBB_KIND_MISSED_CALL, "missed_call") \
    X(EBB_KIND_REACTION, "reaction")       \
    X(EBB_KIND_DELETED, "deleted")         \
    X(EBB_KIND_SYSTEM, "system")           \
    X(EBB_KIND_OTHER, "other")

typedef enum ebb_kind {
#define EBB_KIND_ENUM(name, word) name,
    EBB_KIND_LIST(EBB_KIND_ENUM)
#undef EBB_KIND_ENUM
        EBB_KIND_COUNT
} ebb_kind_t;

/* name, bit, word used in files (joined by '|') */
#define EBB_FLAG_LIST(X)                                  \
    X(EBB_FLAG_EDITED, 1u << 0, "edited")                 \
    X(EBB_FLAG_FORWARDED, 1u << 1, "forwarded")           \
    X(EBB_FLAG_REPLY, 1u << 2, "reply")                   \
    X(EBB_FLAG_POLL, 1u << 3, "poll")                     \
    X(EBB_FLAG_LOCATION, 1u << 4, "location")             \
    X(EBB_FLAG_VIEW_ONCE, 1u << 5, "view_once")           \
    X(EBB_FLAG_EPHEMERAL, 1u << 6, "ephemeral")           \
    X(EBB_FLAG_REORDERED, 1u << 7, "reordered")           \
    X(EBB_FLAG_MINUTE, 1u << 8, "minute")                 \
    X(EBB_FLAG_AMBIGUOUS_TIME, 1u << 9, "ambiguous_time") \
    X(EBB_FLAG_READ, 1u << 10, "read")

enum {
#define EBB_FLAG_ENUM(name, bit, word) name = bit,
    EBB_FLAG_LIST(EBB_FLAG_ENUM)
#undef EBB_FLAG_ENUM
};

#define EBB_OFFSET_UNKNOWN INT32_MIN /* the zone of this event is not known */
/* nobody wrote it (system), or it is told without a name (a call) */
#define EBB_PERSON_NONE UINT8_MAX

/* One event, 32 bytes. In a finished history `person` is 0 (A), 1 (B) or
 * EBB_PERSON_NONE. */
typedef struct ebb_event {
    int64_t local_s;     /* wall clock, seconds since 1970-01-01 00:00 on that clock */
    int32_t offset_s;    /* wall clock minus UTC in seconds, or EBB_OFFSET_UNKNOWN */
    uint32_t characters; /* code points of what the sender wrote, without direction and
                            byte order marks; 0 where the app alone speaks */
    uint32_t words;      /* runs between White_Space that hold a letter or a digit */
    uint32_t text;  /* internal: 1 + place of the body when texts are kept, else 0 */
    uint16_t flags; /* EBB_FLAG_ bits; EBB_FLAG_MINUTE: known to the minute only */
    uint8_t person;
    uint8_t kind;   /* ebb_kind_t */
    uint8_t source; /* index into the account's sources */
    uint8_t origin; /* 0: the source's format; else 1 + index into ebb_formats(), the
                       format the event had before ebb_events_write wrote it down */
    uint8_t _reserved[2];
} ebb_event_t;

/* How a person is called in one export and who that is. */
typedef struct ebb_alias {
    const char *from; /* name as it stands in an export */
    const char *to;   /* name it shall count as */
} ebb_alias_t;

/* Choices for an import. Zero-initialise for the defaults. All strings are borrowed,
 * UTF-8. */
typedef struct ebb_import_opts {
    const char *me; /* the exporting person: becomes A; also names "You" lines. NULL */
    const char *partner; /* the other person, or the chat's name (Messenger, Instagram:
                            its folder's) in a full export, or any number or address
                            of theirs (SMS, iMessage). NULL */
    const char *between[2]; /* exactly these two: A and B. NULL, NULL */
    const ebb_alias_t *aliases;
    size_t alias_count;
    const char *tz; /* IANA zone of the exporting device for formats without one. NULL:
                       unknown */
    bool keep_text; /* keep bodies, for `events --text` only. Default false */
    /* keep messages that their sender set to disappear, where an export holds them and
       says so (Signal's). Default false: they are left out, and counted */
    bool keep_disappearing;
    const ebb_alloc_t *alloc; /* NULL: default */
    /* called now and then with bytes done and total; non-zero cancels. NULL: never */
    int (*progress)(void *user, uint64_t done, uint64_t total);
    void *progress_user;
} ebb_import_opts_t;

typedef enum ebb_date_order {
    EBB_DATE_STATED, /* the format states it (ISO, Unix time) */
    EBB_DATE_DMY,
    EBB_DATE_MDY,
    EBB_DATE_YMD,
    EBB_DATE_YDM,
    EBB_DATE_MIXED /* the file changes its style; resolved span by span */
} ebb_date_order_t;

typedef enum ebb_certainty {
    EBB_CERTAIN,  /* only one reading is possible */
    EBB_LIKELY,   /* one reading is clearly better (order in time, density) */
    EBB_AMBIGUOUS /* readings are equally good; the usual one was taken, say so aloud */
} ebb_certainty_t;

#define EBB_POSITIONS_KEPT 20

/* A place that was not understood. */
typedef struct ebb_position {
    uint64_t line;      /* from 1; for JSON and XML the line in the file, for a database
                           the number of the row */
    uint64_t column;    /* from 1, in bytes */
    const char *reason; /* static sentence, without any of the content */
} ebb_position_t;

/* What happened to one input. */
typedef struct ebb_source {
    char label[256]; /* as given; may hold a person's name, so shown only on stderr */
    const char *format;    /* a name of ebb_formats: "whatsapp", "telegram" ... */
    char dialect[128];     /* e.g. "android 24h d/m/y" or "single chat" */
    uint64_t bytes;        /* size read, after unpacking */
    uint64_t lines;        /* lines of text, or records of a structured format */
    uint64_t events;       /* events understood, of all persons, system ones included */
    uint64_t continuation; /* lines that continue a body */
    uint64_t not_understood;
    ebb_position_t positions[EBB_POSITIONS_KEPT]; /* the first of them */
    uint64_t undecrypted;  /* messages of whom nothing but sender and time is known, as
                              the export could not decrypt them: texts of length 0 */
    uint64_t disappearing; /* messages set to disappear, left out for that */
    uint64_t reordered;    /* events that were out of order and were sorted */
    ebb_date_order_t date_order;
    ebb_certainty_t date_certainty;
    uint64_t date_evidence; /* lines that speak for the order chosen and against the
                               same with day and month exchanged */
    bool minute_clock;      /* times are known to the minute only */
    bool cap_suspected; /* looks cut by the app's limit: earlier history may be missing
                         */
    bool zone_known; /* wall clocks are those of a zone that the format states or that
                        was named; else what they show hangs on `instants` */
    bool instants;   /* every event's offset to UTC is known; where the zone is not, it
                        is 0 and the wall clocks are UTC's */
} ebb_source_t;

/* A span without any event, at least 7 days. */
typedef struct ebb_gap {
    int64_t begin_s, end_s; /* wall clock seconds, see ebb_event_t */
} ebb_gap_t;

/* Never silent: what was read, what was understood, what was not. */
typedef struct ebb_account {
    const ebb_source_t *sources;
    size_t source_count;
    const ebb_gap_t *gaps;
    size_t gap_count;
    uint64_t dropped_persons; /* events of persons other than the chosen two */
    uint64_t duplicates;      /* equal events from overlapping inputs, counted once */
    uint64_t ambiguous_times; /* wall clocks that occur twice or never in the zone */
} ebb_account_t;

typedef struct ebb_import ebb_import_t;
typedef struct ebb_history ebb_history_t;

/**
 * Begins an import.
 *
 * @param[out] import  new import; release with ebb_import_free (also after a failure)
 * @param[in]  opts    choices, borrowed until finish; NULL for the defaults
 * @param[out] error   what failed; may be NULL
 * @return 0, or EBB_ERR_ARGUMENT (unknown zone, contradictory persons), EBB_ERR_MEMORY.
 */
int ebb_import_open(ebb_import_t **import, const ebb_import_opts_t *opts,
                    ebb_error_t *error) EBB_MUST_CHECK;

/**
 * Reads one input: recognises its format by its bytes and streams it into events.
 *
 * Memory beside fixed buffers is one ebb_event_t for each message, plus the persons'
 * names. A zip is searched for its chat as ebb_import_add_folder does; media in it are
 * not unpacked.
 *
 * @param[in,out] import  from ebb_import_open
 * @param[in]     input   bytes to read; used only during the call
 * @param[out]    error   names the input, line and column; may be NULL
 * @return 0, or EBB_ERR_INPUT (not a format ebb reads, or broken: nothing of it is
 * kept), EBB_ERR_CHOICE (several chats in it), EBB_ERR_LIMIT, EBB_ERR_IO,
 * EBB_ERR_MEMORY, EBB_ERR_CANCELLED.
 */
int ebb_import_add(ebb_import_t *import, const ebb_input_t *input,
                   ebb_error_t *error) EBB_MUST_CHECK;

/**
 * Reads the chat that lies in a folder: the one file that is a chat, or, of a whole
 * download of Messenger or Instagram, all files of the couple's chat.
 *
 * A zip given to ebb_import_add is read in the same way. Each file that is read is a
 * source of its own. Where a download holds several chats of two, the names in the
 * options choose, or the name of the chat's folder given as `partner`.
 *
 * @param[in,out] import  from ebb_import_open
 * @param[in]     folder  files to choose from; used only during the call
 * @param[out]    error   names the file, line and column; may be NULL
 * @return 0, or EBB_ERR_CHOICE (several chats fit, or none: the text lists them),
 * EBB_ERR_INPUT (no chat, several that names cannot tell apart, or broken), and what
 * ebb_import_add returns; then nothing of it is kept. Cost: a look at the beginning of
 * each text or JSON file, and one reading of the chosen ones.
 */
int ebb_import_add_folder(ebb_import_t *import, const ebb_folder_t *folder,
                          ebb_error_t *error) EBB_MUST_CHECK;

/* Somebody in a chat of two who may be one of the couple under another name. Names are
 * borrowed from the import, until an input is added. */
typedef struct ebb_guess {
    const char *label;   /* of the input, as given */
    const char *name;    /* who writes there ... */
    const char *beside;  /* ... with whom ... */
    const char *perhaps; /* whoever that may be, who writes in another input ... */
    const char *with;    /* ... with whom: `beside` or, if all names differ, another */
    int _from, _to;
} ebb_guess_t;

/**
 * Whom to ask about before an import ends: contacts are renamed, and apps call one
 * person by different names. Nothing is ever joined without being asked.
 *
 * @param[in]  import  from ebb_import_open, with all inputs added
 * @param[in]  index   from 0, in the order of inputs
 * @param[out] guess   filled when there is one
 * @return whether there is one of this index. Cost: one pass over the events.
 */
bool ebb_import_guess(const ebb_import_t *import, size_t index, ebb_guess_t *guess);

/**
 * Counts a person as another one, as an alias does.
 *
 * @param[in,out] import  that the guess is about; further guesses are to be asked anew
 * @param[in]     guess   from ebb_import_guess: `name` becomes `perhaps`
 */
void ebb_import_join(ebb_import_t *import, const ebb_guess_t *guess);

/**
 * Ends an import: dates resolved, events sorted, two persons chosen.
 *
 * @param[in,out] import   from ebb_import_open; to be freed by the caller all the same
 * @param[out]    history  new history; release with ebb_history_free
 * @param[out]    error    for EBB_ERR_CHOICE the text lists the persons with their
 * counts
 * @return 0, or EBB_ERR_CHOICE (not exactly two persons, several chats, or a name
 * that was given and that nobody has),
 * EBB_ERR_ARGUMENT (inputs with instants and inputs with a phone's wall clock, which
 * fit together only when `tz` is given), EBB_ERR_INPUT (no message at all, or of one
 * person only), EBB_ERR_MEMORY.
 */
int ebb_import_finish(ebb_import_t *import, ebb_history_t **history,
                      ebb_error_t *error) EBB_MUST_CHECK;

/**
 * What the inputs added so far gave, for telling it when finish fails: a person who is
 * missing may stand in lines that were not understood.
 *
 * @param[in] import  from ebb_import_open, not yet finished with success
 * @return an account without gaps, dropped persons and duplicates, which only finish
 * finds; its sources are owned by the import and valid until it is changed or freed.
 */
ebb_account_t ebb_import_account(const ebb_import_t *import);

/** Releases an import; NULL is a no-op. */
void ebb_import_free(ebb_import_t *import);

/** Releases a history; NULL is a no-op. */
void ebb_history_free(ebb_history_t *history);

/**
 * The events of a history, in time order (by instant where known, else by wall clock).
 *
 * @param[in]  history  a finished history
 * @param[out] count    number of events
 * @return pointer to `count` events, owned by the history, valid until it is freed.
 */
const ebb_event_t *ebb_history_events(const ebb_history_t *history, size_t *count);

/**
 * The name of a person as the export has it.
 *
 * For callers that were asked for names, and for telling the person at a terminal who
 * is A and who is B; nothing else may print it.
 *
 * @param[in] history  a finished history
 * @param[in] person   0 (A) or 1 (B)
 * @return UTF-8 without bidirectional marks, after aliases, owned by the history and
 * valid until it is freed.
 */
const char *ebb_history_name(const ebb_history_t *history, int person);

/**
 * The time zone of the wall clocks, where one was named: by the caller
 * (ebb_import_opts_t.tz), or else by the only input, if that is a JSON document which
 * ebb_events_write made.
 *
 * @param[in] history  a finished history
 * @return an IANA name, owned by the history and valid until it is freed; NULL where
 * none was named. Offsets may be known all the same: see ebb_source_t.zone_known.
 */
const char *ebb_history_zone(const ebb_history_t *history);

/**
 * Who exported the messages, as the caller (ebb_import_opts_t.me) or else a JSON
 * document which ebb_events_write made says.
 *
 * @param[in] history  a finished history
 * @return 0 (A), 1 (B), or -1 where nobody says.
 */
int ebb_history_maker(const ebb_history_t *history);

/**
 * What was read and what was not.
 *
 * @param[in] history  a finished history
 * @return never NULL; owned by the history and valid until it is freed. Positions and
 * reasons in it hold none of the content; labels of sources may name a person, so they
 * are for stderr only.
 */
const ebb_account_t *ebb_history_account(const ebb_history_t *history);

/* How events are written. Zero-initialise for the defaults. */
typedef struct ebb_events_opts {
    bool json;  /* a JSON document instead of CSV */
    bool names; /* persons' names instead of A and B, and who is which beside them */
    bool text;  /* a last column with the body; needs keep_text at import */
} ebb_events_opts_t;

/**
 * Writes a history's events as CSV or JSON, one row an event.
 *
 * Columns: instant (UTC, ISO 8601 with Z, empty where the zone is unknown), local (ISO
 * 8601 without a zone), person (A, B, empty), with names also letter (A, B, empty: who
 * the person is), kind, characters, words, flags (words joined by |), source (name of
 * the format the event came from first). In JSON empty is
 * null and flags is an array, and the document begins with what ebb_history_zone and
 * ebb_history_maker know, for which a table has no room. ebb_import_add reads both
 * forms back with the same result: written again, the bytes are the same.
 *
 * @param[in] history  a finished history
 * @param[in] opts     form; NULL for the defaults
 * @param[in] sink     receives the bytes in pieces of at most 1 MiB
 * @return 0, EBB_ERR_MEMORY, EBB_ERR_ARGUMENT (text wanted but not kept), or what the
 * sink said.
 */
int ebb_events_write(const ebb_history_t *history, const ebb_events_opts_t *opts,
                     const ebb_sink_t *sink) EBB_MUST_CHECK;

/* One format that can be read, for `ebb formats`. Static, English. */
typedef struct ebb_format_info {
    const char *name;       /* "whatsapp" */
    const char *title;      /* "WhatsApp" */
    const char *reads;      /* what of it is read */
    const char *get_it;     /* how to get it out of the app, steps separated by '\n' */
    const char *leaves_out; /* what the export does not hold */
} ebb_format_info_t;

/**
 * The formats ebb reads, for `ebb formats`.
 *
 * @param[out] count  their number
 * @return static data in English, valid for the life of the program; thread-safe. The
 * order is only ever added to at the end, as an event's `origin` counts on it.
 */
const ebb_format_info_t *ebb_formats(size_t *count);

#endif
