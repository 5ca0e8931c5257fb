/* SPDX-License-Identifier: MIT
 *
 * Writes a history's events as CSV or JSON.
 *
 * A row is a chain of ready-made pieces and four numbers. All words of a row (who, what
 * kind, which source, names already quoted) are made once; dates are made once a day;
 * a row then costs a few short copies into a buffer that goes to the sink when it is
 * full. Both forms have the same fields in the same order, only the pieces differ:
 *
 *     2024-10-27T00:30:00Z,2024-10-27T02:30:00,A,text,12,3,edited|reply,telegram
 *     {"instant":"2024-10-27T00:30:00Z","local":"2024-10-27T02:30:00","person":"A",
 *      "kind":"text","characters":12,"words":3,"flags":["edited","reply"],
 *      "source":"telegram"}
 *
 * Invariant: before each row the buffer has room for the longest row without its text;
 * a text goes in by pieces. Every piece is followed by at least PIECE_SLACK readable
 * bytes, so that short pieces are copied by a move of fixed size.
 */
#include <string.h>

#include "core/calendar.h"
#include "core/json.h"
#include "core/memory.h"
#include "messages/history.h"

#define EVENTS_BUFFER ((size_t)256 * 1024)
#define PIECE_SLACK 32
#define TAIL_MAX 512 /* all flags at once with JSON's quotes, and a source */

typedef struct row_piece {
    uint32_t at, length; /* in the text that holds all pieces */
} row_piece_t;

/* "2024-10-27T" and the second it began. */
typedef struct day_cache {
    int64_t begin_s;
    char text[16];
} day_cache_t;

/* What stands between the fields of a row. */
typedef struct row_form {
    const char *head, *between, *tail; /* of the document; between two rows */
    const char *instant_known, *instant_unknown, *local;
    const char *person, *letter, *kind, *characters, *words, *flags;
    const char *flag_quote, *flag_comma, *source, *source_end;
    const char *text, *text_end;
} row_form_t;

static const row_form_t csv_form = {
    .head = "instant,local,person",
    .between = "",
    .tail = "",
    .instant_known = "",
    .instant_unknown = ",",
    .local = "Z,",
    .person = ",",
    .letter = ",",
    .kind = ",",
    .characters = ",",
    .words = ",",
    .flags = ",",
    .flag_quote = "",
    .flag_comma = "|",
    .source = ",",
    .source_end = "\n",
    .text = ",",
    .text_end = "\n",
};

static const row_form_t json_form = {
    .head = "{\"schema\":\"ebb/events\",\"version\":1",
    .between = ",\n",
    .tail = "\n]}\n",
    .instant_known = "{\"instant\":\"",
    .instant_unknown = "{\"instant\":null,\"local\":\"",
    .local = "Z\",\"local\":\"",
    .person = "\",\"person\":",
    .letter = ",\"letter\":",
    .kind = ",\"kind\":\"",
    .characters = "\",\"characters\":",
    .words = ",\"words\":",
    .flags = ",\"flags\":[",
    .flag_quote = "\"",
    .flag_comma = ",",
    .source = "],\"source\":\"",
    .source_end = "\"}",
    .text = "\",\"text\":",
    .text_end = "}",
};

typedef struct row_writer {
    const ebb_history_t *history;
    const ebb_sink_t *sink;
    const row_form_t *form;
    ebb_events_opts_t opts;
    char *buffer, *at, *limit; /* a row may begin before `limit` */
    int code;                  /* of the first failure */
    ebb_text_t pieces;
    const char *made; /* pieces.data once they are all there */
    row_piece_t known, unknown, local, words, between;
    row_piece_t who[3][EBB_KIND_COUNT]; /* A, B, nobody */
    row_piece_t *sources;               /* by origin - 1, then by source */
    size_t format_count, source_room;
    char tail[TAIL_MAX]; /* from the number of words to the source or text ... */
    size_t tail_length;
    uint16_t tail_flags; /* ... of an event with these flags ... */
    size_t tail_source;  /* ... and this of the sources */
    day_cache_t day_utc, day_local;
    ebb_text_t scratch; /* an escaped text */
} row_writer_t;

/* ---- pieces ---- */

/* What stands from byte `from` to the end of the pieces becomes a piece. */
static row_piece_t end_piece(row_writer_t *w, size_t from)
{
    static const char slack[PIECE_SLACK];
    row_piece_t piece = {(uint32_t)from, (uint32_t)(w->pieces.length - from)};
    ebb_text_append(&w->pieces, slack, sizeof slack);
    return piece;
}

static row_piece_t plain_piece(row_writer_t *w, const char *string)
{
    size_t from = w->pieces.length;
    ebb_text_puts(&w->pieces, string);
    return end_piece(w, from);
}

static bool needs_quotes(const char *string)
{
    return strpbrk(string, ",;\t\"\r\n") != NULL;
}

/* Bytes of whole characters before the first quote or broken sequence. */
static size_t plain_run(const char *string, size_t length)
{
    size_t run = 0;
    while (run < length && string[run] != '"') {
        int n = ebb_utf8_length(string + run, length - run);
        if (n == 0) {
            break;
        }
        run += (size_t)n;
    }
    return run;
}

/* Appends a CSV field after RFC 4180; bytes that are not UTF-8 become U+FFFD, as in
 * JSON. */
static void put_csv_field(ebb_text_t *out, const char *string)
{
    bool quoted = needs_quotes(string);
    size_t left = strlen(string);
    ebb_text_append(out, "\"", quoted);
    while (left > 0) {
        size_t n = plain_run(string, left);
        if (n > 0) {
            ebb_text_append(out, string, n);
        } else if (*string == '"') {
            ebb_text_append(out, "\"\"", 2);
            n = 1;
        } else {
            ebb_text_append(out, "\xEF\xBF\xBD", 3);
            n = 1;
        }
        string += n;
        left -= n;
    }
    ebb_text_append(out, "\"", quoted);
}

static void put_quoted(const row_writer_t *w, ebb_text_t *out, const char *string)
{
    ebb_json_t json = {.out = out};
    if (w->opts.json) {
        ebb_json_string(&json, string);
    } else if (string) {
        put_csv_field(out, string);
    }
}

/* The piece from the end of `local` to the number of characters; without names the
 * letter stands in the name's place. */
static row_piece_t who_piece(row_writer_t *w, const char *name, const char *letter,
                             const char *kind)
{
    size_t from = w->pieces.length;
    ebb_text_puts(&w->pieces, w->form->person);
    put_quoted(w, &w->pieces, name);
    if (w->opts.names) {
        ebb_text_puts(&w->pieces, w->form->letter);
        put_quoted(w, &w->pieces, letter);
    }
    ebb_text_puts(&w->pieces, w->form->kind);
    ebb_text_puts(&w->pieces, kind);
    ebb_text_puts(&w->pieces, w->form->characters);
    return end_piece(w, from);
}

static void make_who(row_writer_t *w)
{
    static const char *const kinds[EBB_KIND_COUNT] = {
#define KIND_WORD(name, word) word,
        EBB_KIND_LIST(KIND_WORD)
#undef KIND_WORD
    };
    static const char *const letters[3] = {"A", "B", NULL};
    const char *names[3] = {"A", "B", NULL};
    if (w->opts.names) {
        names[0] = w->history->names[0];
        names[1] = w->history->names[1];
    }
    for (int i = 0; i < 3; i++) {
        for (int k = 0; k < EBB_KIND_COUNT; k++) {
            w->who[i][k] = who_piece(w, names[i], letters[i], kinds[k]);
        }
    }
}

static void make_sources(row_writer_t *w)
{
    const ebb_account_t *account = &w->history->account;
    const ebb_format_info_t *formats = ebb_formats(&w->format_count);
    for (size_t i = 0; i < w->source_room; i++) {
        size_t from = w->pieces.length;
        bool by_origin = i < w->format_count;
        ebb_text_puts(&w->pieces, w->form->source);
        ebb_text_puts(&w->pieces, by_origin
                                      ? formats[i].name
                                      : account->sources[i - w->format_count].format);
        ebb_text_puts(&w->pieces, w->opts.text ? w->form->text : w->form->source_end);
        w->sources[i] = end_piece(w, from);
    }
}

static char *copy_word(char *at, const char *word)
{
    size_t length = strlen(word);
    memcpy(at, word, length);
    return at + length;
}

/* The words of a set of flags; the end of them. */
static char *put_flags(const row_writer_t *w, char *at, uint16_t flags)
{
    static const struct {
        uint16_t bit;
        const char *word;
    } table[] = {
#define FLAG_WORD(name, bit, word) {(uint16_t)(bit), word},
        EBB_FLAG_LIST(FLAG_WORD)
#undef FLAG_WORD
    };
    at = copy_word(at, w->form->flags);
    const char *comma = "";
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (flags & table[i].bit) {
            at = copy_word(copy_word(at, comma), w->form->flag_quote);
            at = copy_word(copy_word(at, table[i].word), w->form->flag_quote);
            comma = w->form->flag_comma;
        }
    }
    return at;
}

/* What stands behind the number of words changes rarely from row to row. */
static void make_tail(row_writer_t *w, uint16_t flags, size_t source)
{
    char *at = put_flags(w, w->tail, flags);
    row_piece_t piece = w->sources[source];
    memcpy(at, w->made + piece.at, piece.length);
    w->tail_length = (size_t)(at - w->tail) + piece.length;
    w->tail_flags = flags;
    w->tail_source = source;
}

/* ---- rows ---- */

static void flush_rows(row_writer_t *w)
{
    size_t length = (size_t)(w->at - w->buffer);
    if (length > 0 && !w->code) {
        w->code = w->sink->write(w->sink->user, w->buffer, length);
    }
    w->at = w->buffer;
}

/* Any number of bytes. */
static void spill(row_writer_t *w, const char *bytes, size_t length)
{
    while (length > 0) {
        size_t room = (size_t)(w->limit - w->at);
        size_t n = length < room ? length : room;
        memcpy(w->at, bytes, n);
        w->at += n;
        bytes += n;
        length -= n;
        if (w->at == w->limit) {
            flush_rows(w);
        }
    }
}

static inline char *put_piece(const row_writer_t *w, char *at, row_piece_t piece)
{
    const char *from = w->made + piece.at;
    memcpy(at, from, PIECE_SLACK);
    if (piece.length > PIECE_SLACK) {
        memcpy(at + PIECE_SLACK, from + PIECE_SLACK, piece.length - PIECE_SLACK);
    }
    return at + piece.length;
}

static const char two_digits[] =
    "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
    "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
    "8081828384858687888990919293949596979899";

static inline void put_two(char *at, uint32_t value)
{
    memcpy(at, two_digits + 2 * value, 2);
}

/* Makes the date of the day that holds `time_s`. */
static void turn_day(row_writer_t *w, day_cache_t *day, int64_t time_s)
{
    int64_t days = ebb_floor_div(time_s, EBB_DAY_S);
    ebb_date_t date = ebb_date_from_days(days);
    if (date.year < 0 || date.year > 9999) {
        w->code = w->code ? w->code : EBB_ERR_ARGUMENT; /* ISO 8601 has four digits */
        date.year = 0;
    }
    day->begin_s = days * EBB_DAY_S;
    memcpy(day->text, "0000-00-00T", 11);
    put_two(day->text, (uint32_t)date.year / 100);
    put_two(day->text + 2, (uint32_t)date.year % 100);
    put_two(day->text + 5, (uint32_t)date.month);
    put_two(day->text + 8, (uint32_t)date.day);
}

/* 19 bytes, "2024-10-27T02:30:00". */
static inline char *put_time(row_writer_t *w, char *at, day_cache_t *day,
                             int64_t time_s)
{
    if ((uint64_t)(time_s - day->begin_s) >= EBB_DAY_S) {
        turn_day(w, day, time_s);
    }
    uint32_t second = (uint32_t)(time_s - day->begin_s);
    uint32_t minute = second / 60;
    memcpy(at, day->text, 16);
    memcpy(at + 11, "00:00:00", 8);
    put_two(at + 11, minute / 60);
    put_two(at + 14, minute % 60);
    put_two(at + 17, second % 60);
    return at + 19;
}

static inline char *put_digits(char *at, uint32_t value)
{
    if (value < 10) {
        *at = (char)('0' + value);
        return at + 1;
    }
    if (value < 100) {
        put_two(at, value);
        return at + 2;
    }
    char digits[10];
    int n = 10;
    for (; value >= 10; value /= 100) {
        n -= 2;
        put_two(digits + n, value % 100);
    }
    if (value > 0) {
        digits[--n] = (char)('0' + value);
    }
    memcpy(at, digits + n, (size_t)(10 - n));
    return at + (10 - n);
}

/* The row up to its text. */
static inline void put_row(row_writer_t *w, const ebb_event_t *event)
{
    char *at = w->at;
    if (event->offset_s == EBB_OFFSET_UNKNOWN) {
        at = put_piece(w, at, w->unknown);
    } else {
        at = put_piece(w, at, w->known);
        at = put_time(w, at, &w->day_utc, event->local_s - event->offset_s);
        at = put_piece(w, at, w->local);
    }
    at = put_time(w, at, &w->day_local, event->local_s);
    at = put_piece(w, at, w->who[event->person > 1 ? 2 : event->person][event->kind]);
    at = put_digits(at, event->characters);
    at = put_piece(w, at, w->words);
    at = put_digits(at, event->words);
    size_t source =
        event->origin ? event->origin - 1u : w->format_count + event->source;
    if (event->flags != w->tail_flags || source != w->tail_source) {
        make_tail(w, event->flags, source);
    }
    memcpy(at, w->tail, PIECE_SLACK);
    if (w->tail_length > PIECE_SLACK) {
        memcpy(at, w->tail, w->tail_length);
    }
    w->at = at + w->tail_length;
}

/* Whether a text can go into JSON as it is: ASCII without signs of its own. */
static bool is_plain_json(const char *text, size_t length)
{
    bool plain = true;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        plain &= c >= 0x20 && c < 0x7F && c != '"' && c != '\\' && c != '<';
    }
    return plain;
}

static void put_row_text(row_writer_t *w, const ebb_event_t *event)
{
    const char *text = event->text ? w->history->texts.data + event->text - 1 : NULL;
    text = text && text[0] ? text : NULL; /* no text and an empty one are the same */
    if (text && w->opts.json && is_plain_json(text, strlen(text))) {
        spill(w, "\"", 1);
        spill(w, text, strlen(text));
        spill(w, "\"", 1);
    } else {
        w->scratch.length = 0;
        put_quoted(w, &w->scratch, text);
        w->code = w->code ? w->code : w->scratch.failed;
        spill(w, w->scratch.data, w->scratch.length);
    }
    spill(w, w->form->text_end, strlen(w->form->text_end));
}

static void write_rows(row_writer_t *w)
{
    const ebb_event_t *events = w->history->events;
    size_t count = w->history->count;
    for (size_t i = 0; i < count && !w->code; i++) {
        if (w->at >= w->limit) {
            flush_rows(w);
        }
        if (i > 0 && w->between.length > 0) {
            w->at = put_piece(w, w->at, w->between);
        }
        put_row(w, &events[i]);
        if (w->opts.text) {
            if (w->at >= w->limit) {
                flush_rows(w);
            }
            put_row_text(w, &events[i]);
        }
    }
}

/* ---- the document ---- */

/* Makes all pieces, and a buffer with room for the longest row beyond its limit. */
static int prepare_rows(row_writer_t *w)
{
    w->source_room = w->history->account.source_count;
    (void)ebb_formats(&w->format_count);
    w->source_room += w->format_count;
    w->sources = ebb_new_array(w->history->alloc, w->source_room, sizeof *w->sources);
    w->buffer =
        w->history->alloc->resize(w->history->alloc->user, NULL, 0, EVENTS_BUFFER);
    if (!w->sources || !w->buffer) {
        return EBB_ERR_MEMORY;
    }
    w->known = plain_piece(w, w->form->instant_known);
    w->unknown = plain_piece(w, w->form->instant_unknown);
    w->local = plain_piece(w, w->form->local);
    w->words = plain_piece(w, w->form->words);
    w->between = plain_piece(w, w->form->between);
    make_who(w);
    make_sources(w);
    w->made = w->pieces.data;
    w->tail_source = SIZE_MAX; /* none is made yet */
    turn_day(w, &w->day_utc, 0);
    turn_day(w, &w->day_local, 0);
    w->at = w->buffer;
    /* names are at most 512 bytes, six times that when every one is escaped */
    w->limit = w->buffer + EVENTS_BUFFER - 8192;
    return w->pieces.failed;
}

static void release_rows(row_writer_t *w)
{
    const ebb_alloc_t *alloc = w->history->alloc;
    ebb_free_array(alloc, w->sources, w->source_room, sizeof *w->sources);
    ebb_free_array(alloc, w->buffer, EVENTS_BUFFER, 1);
    ebb_text_free(&w->pieces);
    ebb_text_free(&w->scratch);
}

/* What the document tells of all its events. */
static void put_origin(const row_writer_t *w, ebb_text_t *head)
{
    if (w->history->zone[0]) {
        ebb_text_puts(head, ",\"zone\":");
        put_quoted(w, head, w->history->zone);
    }
    if (w->history->maker) {
        ebb_text_puts(head, ",\"made_by\":");
        put_quoted(w, head, w->history->maker == 1 ? "A" : "B");
    }
    ebb_text_puts(head, ",\"events\":[\n");
}

static void put_events_head(row_writer_t *w)
{
    ebb_text_t *head = &w->scratch;
    head->length = 0;
    ebb_text_puts(head, w->form->head);
    if (w->opts.json) {
        put_origin(w, head);
    } else {
        ebb_text_puts(head, w->opts.names ? ",letter" : "");
        ebb_text_puts(head, ",kind,characters,words,flags,source");
        ebb_text_puts(head, w->opts.text ? ",text\n" : "\n");
    }
    w->code = head->failed;
    spill(w, head->data, head->length);
}

int ebb_events_write(const ebb_history_t *history, const ebb_events_opts_t *opts,
                     const ebb_sink_t *sink)
{
    row_writer_t w = {.history = history, .sink = sink};
    w.opts = opts ? *opts : (ebb_events_opts_t){0};
    w.form = w.opts.json ? &json_form : &csv_form;
    if (w.opts.text && !history->keeps_text) {
        return EBB_ERR_ARGUMENT;
    }
    ebb_text_init(&w.pieces, history->alloc);
    ebb_text_init(&w.scratch, history->alloc);
    int code = prepare_rows(&w);
    if (!code) {
        put_events_head(&w);
        write_rows(&w);
        spill(&w, w.form->tail, strlen(w.form->tail));
        flush_rows(&w);
        code = w.code;
    }
    release_rows(&w);
    return code;
}
