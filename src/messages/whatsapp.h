/* SPDX-License-Identifier: MIT
 *
 * Inside the WhatsApp reader: heads of messages, their dates, the app's own sentences.
 */
#ifndef EBB_MESSAGES_WHATSAPP_H
#define EBB_MESSAGES_WHATSAPP_H

#include "core/calendar.h"
#include "messages/reader.h"

/* Readable bytes that must follow a line; the quick parser looks ahead without
 * asking. */
#define EBB_WA_SLACK EBB_BODY_SLACK

/* What stays the same within one export: the style of a head. */
enum {
    EBB_WA_BRACKET = 1 << 0,    /* [date time] as on iOS, else date time - */
    EBB_WA_COMMA = 1 << 1,      /* between date and time */
    EBB_WA_TIME_FIRST = 1 << 2, /* 23:04 04/05/2020 */
    EBB_WA_SECONDS = 1 << 3,
    EBB_WA_HALF_DAYS = 1 << 4,  /* AM and PM */
    EBB_WA_COLON = 1 << 5,      /* date time: name: text */
    EBB_WA_DOT = 1 << 6,        /* dates with dots ... */
    EBB_WA_DASH = 1 << 7,       /* ... or dashes; with slashes when neither */
    EBB_WA_YEAR_FIRST = 1 << 8, /* seen by its four digits ... */
    EBB_WA_YEAR_LAST = 1 << 9,  /* ... the order is open when neither */
    EBB_WA_WORDS = 1 << 10,     /* needed the patient parser: other words or digits */
    EBB_WA_NAMED = 1 << 11 /* year, month and day are called so: no order is open */
};

/* The head of a message: everything before the sender's name. */
typedef struct ebb_wa_head {
    uint16_t field[3]; /* the three numbers of the date, as they stand */
    uint16_t style;    /* EBB_WA_ bits */
    int32_t second_s;  /* of the day */
    uint8_t half;      /* ebb_wa_half_t */
    size_t length;     /* bytes from the beginning of the line */
} ebb_wa_head_t;

/* Whether a line of `n` bytes begins with a head. `line` must be followed by
 * EBB_WA_SLACK readable bytes; no byte beyond the line is ever taken for part of it. */
bool ebb_wa_head(const char *line, size_t n, ebb_wa_head_t *head);

/* A head seen before, as a rule for each of its bytes: see whatsapp_shape.c. */
#define EBB_WA_SHAPE_SIZE 64 /* bytes; longer heads are parsed each time */
typedef struct ebb_wa_shape {
    uint8_t least[EBB_WA_SHAPE_SIZE]; /* a byte may be this ... */
    uint8_t range[EBB_WA_SHAPE_SIZE]; /* ... or up to so much more */
    uint8_t last[EBB_WA_SHAPE_SIZE];  /* the bytes of the last head read by it ... */
    ebb_wa_head_t head;               /* ... and what they say */
    uint64_t all, date;               /* a bit for each of its bytes, of its date's */
    uint8_t date_at[3][4], time_at[3][2]; /* the places of the numbers' digits */
} ebb_wa_shape_t;

#define EBB_WA_SHAPES_MAX                                      \
    32 /* digits of month, day, hour, two halves: 16 in a chat \
        */
typedef struct ebb_wa_shapes {
    ebb_wa_shape_t known[EBB_WA_SHAPES_MAX];
    unsigned count, recent; /* `recent`: the shape of the last head */
} ebb_wa_shapes_t;

/* Reads a head by the shapes seen so far, as ebb_wa_head does but much faster; NULL
 * says only that it has none of them. What it returns holds until the next call. */
const ebb_wa_head_t *ebb_wa_shapes_read(ebb_wa_shapes_t *shapes, const char *line,
                                        size_t n);

/* Whether a line looks like one of the heads of a style seen so far, be its numbers a
 * date and a time or not. For lines that have no head. */
bool ebb_wa_shapes_fit(const ebb_wa_shapes_t *shapes, unsigned style, const char *line,
                       size_t n);

/* Learns the shape of a line that ebb_wa_head has read. */
void ebb_wa_shapes_learn(ebb_wa_shapes_t *shapes, const char *line,
                         const ebb_wa_head_t *head);

/* Whether three numbers can be a date under some order that the style leaves open. */
bool ebb_wa_is_some_date(const uint16_t field[3], unsigned style);

/* Half of the day a word stands for. */
typedef enum ebb_wa_half {
    EBB_WA_NO_HALF, /* not such a word */
    EBB_WA_FILLER,  /* a word that says nothing: klo, Uhr ... */
    EBB_WA_AM,      /* 12 is midnight */
    EBB_WA_PM,      /* 12 is noon */
    EBB_WA_NOON,    /* 11 and 12 as they stand, 1 is 13 */
    EBB_WA_EVENING  /* 12 is midnight, 8 is 20 */
} ebb_wa_half_t;

/* The hour on a clock of 24, from one that is told by halves (ebb_wa_half_t). */
static inline unsigned ebb_wa_hour(unsigned hour, uint8_t half)
{
    switch ((ebb_wa_half_t)half) {
    case EBB_WA_AM:
        return hour == 12 ? 0 : hour;
    case EBB_WA_PM:
        return hour < 12 ? hour + 12 : hour;
    case EBB_WA_NOON:
        return hour < 10 ? hour + 12 : hour;
    case EBB_WA_EVENING:
        return hour == 12 ? 0 : hour < 12 ? hour + 12 : hour;
    case EBB_WA_NO_HALF:
    case EBB_WA_FILLER:
    default:
        return hour == 24 ? 0 : hour; /* some clocks go from 1 to 24 */
    }
}

/* Looks a word up: lower case where ASCII, without spaces, dots and commas. */
ebb_wa_half_t ebb_wa_half_of(const char *word, size_t n);

/* What the app itself says in place of, or beside, a text. */
typedef enum ebb_wa_match {
    EBB_WA_WHOLE, /* the whole line */
    EBB_WA_BEGIN, /* the line begins with it */
    EBB_WA_TAIL,  /* a sign at the end of a line, in angle or round brackets */
    EBB_WA_WITHIN /* anywhere in a line that the app marked as its own */
} ebb_wa_match_t;

typedef struct ebb_wa_sentence {
    const char *text; /* UTF-8, without marks, brackets and final full stop */
    uint8_t match;    /* ebb_wa_match_t */
    uint8_t kind;     /* ebb_kind_t of the message */
    uint16_t flags;   /* EBB_FLAG_ bits it adds */
} ebb_wa_sentence_t;

/* All of them, in `*count` rows. Static data. */
const ebb_wa_sentence_t *ebb_wa_sentences(size_t *count);

/* A quick way into the sentences. Zero-initialise, then ebb_wa_index_build. */
#define EBB_WA_INDEX_SLOTS                                    \
    2048 /* a power of two, well over the number of sentences \
          */
typedef struct ebb_wa_index {
    /* 1 + row of WHOLE and edited ones by all their bytes, of BEGIN by the first four;
     * 0: none */
    uint16_t rows[EBB_WA_INDEX_SLOTS];
    uint8_t begins_long[4096]; /* the same by eight bytes, for those that have them */
    uint8_t begins[4096];      /* bit: some sentence begins with such bytes */
    bool built;
} ebb_wa_index_t;

void ebb_wa_index_build(ebb_wa_index_t *index);

/* What the first line of a body is. */
typedef struct ebb_wa_body {
    uint8_t kind;   /* ebb_kind_t */
    uint16_t flags; /* EBB_FLAG_ bits */
    bool nobodys;   /* the app speaks: a system line under the partner's name */
    bool unknown;   /* the app speaks in a sentence that is not in the tables */
    bool by_mark;   /* so it is if the app's mark means something; else all is text */
    bool empty_so_far;  /* nothing of the line is the sender's own text */
    bool title_follows; /* the next line may be the file name of a document */
    const char *text;   /* the sender's own text in the line ... */
    size_t length;      /* ... in bytes */
} ebb_wa_body_t;

/* Whether the first line of a body is surely nothing but the sender's own text: no for
 * every sign that the app might speak. */
bool ebb_wa_is_plain(const ebb_wa_index_t *index, const char *line, size_t n);

/* Reads the first line of a body. */
ebb_wa_body_t ebb_wa_read_body(const ebb_wa_index_t *index, const char *line, size_t n);

/* Takes "<This message was edited>" off the end of a line; returns the new length. */
size_t ebb_wa_strip_edited(const ebb_wa_index_t *index, const char *line, size_t n,
                           uint16_t *flags);

/* What a line without a sender is by the tables: a call, a missed call, or a sentence
 * about the chat (EBB_KIND_SYSTEM); EBB_KIND_COUNT where it is none the app is known to
 * write. */
uint8_t ebb_wa_notice(const char *line, size_t n);

/* Whether a line begins as one of the app's sentences about the chat. */
bool ebb_wa_is_about_chat(const char *line, size_t n);

/* Whether the line is the file name of a document and nothing else. */
bool ebb_wa_is_title(const char *line, size_t n);

/* What is known of the dates of one style. */
typedef struct ebb_wa_style {
    uint16_t style; /* EBB_WA_ bits */
    uint64_t count; /* heads */
    bool padded;    /* a leading zero was seen */
    uint8_t order;  /* ebb_date_order_t once resolved */
} ebb_wa_style_t;

/* The day a date means, days since 1970; years as they stand, of two digits or of
 * another calendar. EBB_WA_NO_DAY where there is no such day. */
#define EBB_WA_NO_DAY INT64_MIN
typedef struct ebb_wa_calendars {
    void *persian, *islamic; /* ICU's, opened when needed: zero-initialise, and close */
} ebb_wa_calendars_t;

int64_t ebb_wa_day(ebb_wa_calendars_t *calendars, ebb_date_t date);
void ebb_wa_calendars_close(ebb_wa_calendars_t *calendars);

#define EBB_WA_STYLES_MAX 16

/* A date that waits for its order is packed in ebb_event_t.local_s, and in offset_s
 * the index of its style and the line it came from. */
static inline int64_t ebb_wa_pack(const ebb_wa_head_t *head)
{
    return (int64_t)head->field[0] << 45 | (int64_t)head->field[1] << 31 |
           (int64_t)head->field[2] << 17 | head->second_s;
}

#define EBB_WA_LINE_MAX ((UINT32_C(1) << 28) - 1) /* a later line is given as this */

static inline int32_t ebb_wa_pack_place(size_t style, uint64_t line)
{
    uint32_t low = line < EBB_WA_LINE_MAX ? (uint32_t)line : EBB_WA_LINE_MAX;
    return (int32_t)(low << 4 | (uint32_t)style);
}

uint64_t ebb_wa_line_of(const ebb_event_t *event);

/* A flag of events until ebb_wa_settle_marked: the app's mark, but no known sentence.
 */
#define EBB_WA_UNKNOWN (1u << 15)

/* What a text is if the mark before it is the app's. */
typedef struct ebb_wa_doubt {
    size_t event;               /* index in the import */
    uint32_t characters, words; /* of the first line and the newlines after it */
    uint32_t bytes;             /* the same, as they were kept */
    uint16_t flags;             /* EBB_FLAG_ bits it would add */
    uint8_t kind;               /* ebb_kind_t it would be */
} ebb_wa_doubt_t;

typedef struct ebb_wa_doubts {
    ebb_wa_doubt_t *list;
    size_t count, capacity;
    uint64_t unknown; /* events with EBB_WA_UNKNOWN */
} ebb_wa_doubts_t;

/* Decides what marked lines are: those doubted, and those with EBB_WA_UNKNOWN. Dates
 * must still be packed. */
void ebb_wa_settle_marked(ebb_import_t *import, const ebb_wa_doubts_t *doubts);

/* Resolves the packed dates of the source being read. Heads that turn out to be lines
 * of a body become part of the message before them. 0 or EBB_ERR_MEMORY. */
int ebb_wa_resolve_dates(ebb_import_t *import, ebb_wa_style_t *styles, size_t count);

#endif
