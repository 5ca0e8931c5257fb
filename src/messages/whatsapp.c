/* SPDX-License-Identifier: MIT
 *
 * WhatsApp's text export: a line that begins with a head begins a message, every other
 * line goes on with the one before.
 *
 * One pass over the bytes with a buffer of fixed size; a line longer than the buffer is
 * taken in pieces. Of a message only its counts are kept; its date stays packed until
 * the end of the file, when its order can be decided (whatsapp_date.c).
 *
 * Invariant: at most one message is open; it is pushed when the next head, or the end,
 * is met.
 */
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/memory.h"
#include "messages/whatsapp.h"

#define BUFFER_SIZE ((size_t)128 * 1024)
#define NAMES_CACHED 16
#define NAME_CACHED_MAX 96 /* bytes; longer names are looked up each time */
#define NAME_BYTES_MAX 240 /* a longer "name" is a sentence with a colon */
#define FEW_MESSAGES 2     /* up to here a sender may be a line quoted in a body */
#define STYLE_JUMP_DAYS (3 * 366) /* a new style of head may not lie further ahead */

#define PLACEHOLDER_MAX 64

typedef struct cached_name {
    char bytes[NAME_CACHED_MAX];
    uint32_t length;
    uint32_t seen; /* messages */
    int person;
} cached_name_t;

typedef struct chat_reader {
    ebb_import_t *import;
    const ebb_input_t *input;
    ebb_error_t *error;
    char *buffer; /* BUFFER_SIZE and EBB_WA_SLACK bytes */
    uint64_t line;
    bool in_long_line; /* the next bytes go on with a line begun in the last buffer */

    ebb_event_t *event; /* the open message, in its place in the import, ... */
    ebb_body_t body;    /* ... and its counts so far */
    bool open;
    bool waits_for_title; /* the next line may be the name of a document */
    bool in_doubt;        /* it has one line so far, which is the last of the doubts */
    uint32_t newlines;    /* before the next text; none count at the end of a body */

    ebb_wa_shapes_t shapes;
    ebb_wa_head_t parsed; /* the last head that had no shape yet */
    ebb_wa_style_t styles[EBB_WA_STYLES_MAX];
    size_t style_count, style; /* `style` of the last head */
    int64_t last_packed;       /* date of the last head */
    cached_name_t names[NAMES_CACHED];
    size_t name_count;
    uint64_t heads, attachments;
    ebb_wa_doubts_t doubts;
    ebb_wa_index_t index;
    char
        placeholder[PLACEHOLDER_MAX]; /* the last line that was the app's words alone */
    size_t placeholder_size;
    ebb_wa_body_t placeholder_is;
} chat_reader_t;

/* ---- texts, when they are kept ---- */

static void begin_text(chat_reader_t *r)
{
    ebb_text_t *texts = &r->import->texts;
    if (r->import->opts.keep_text && texts->length < UINT32_MAX) {
        r->event->text = (uint32_t)texts->length + 1;
    }
}

static void add_text(chat_reader_t *r, const char *bytes, size_t n)
{
    if (r->import->opts.keep_text) {
        ebb_import_add_text(r->import, bytes, n);
    }
}

static int end_text(chat_reader_t *r)
{
    ebb_text_t *texts = &r->import->texts;
    if (!r->import->opts.keep_text) {
        return EBB_OK;
    }
    ebb_text_append(texts, "", 1);
    if (texts->failed) {
        return ebb_fail(r->error, EBB_ERR_MEMORY, "no memory for the texts");
    }
    return texts->length < UINT32_MAX
               ? EBB_OK
               : ebb_fail(r->error, EBB_ERR_LIMIT, "more than 4 GiB of text to keep");
}

/* ---- the open message ---- */

/* Counts bytes of the sender's own text, and the newlines held back before them. */
static void count_text(chat_reader_t *r, const char *bytes, size_t n)
{
    if (n == 0) {
        return;
    }
    for (; r->newlines > 0; r->newlines--) {
        if (r->body.characters > 0) {
            ebb_body_count(&r->body, "\n", 1);
            add_text(r, "\n", 1);
        }
    }
    ebb_body_count_padded(&r->body, bytes, n);
    add_text(r, bytes, n);
}

static int push_open(chat_reader_t *r)
{
    if (!r->open) {
        return EBB_OK;
    }
    r->open = false;
    r->newlines = 0;
    ebb_event_t *event = r->event;
    event->characters = r->body.characters;
    event->words = r->body.words;
    if (event->kind == EBB_KIND_TEXT && event->characters == 0) {
        event->flags |= EBB_FLAG_EPHEMERAL;
    }
    r->import->count++;
    return end_text(r);
}

static void continue_body(chat_reader_t *r, const char *line, size_t n, bool new_line)
{
    if (r->event->person == EBB_PERSON_NONE) {
        return;
    }
    r->newlines += new_line;
    bool title = r->waits_for_title && ebb_wa_is_title(line, n);
    r->waits_for_title = false;
    if (title) {
        return;
    }
    if (n > 0 && (unsigned char)line[n - 1] == '>') {
        n = ebb_wa_strip_edited(&r->index, line, n, &r->event->flags);
    }
    if (r->in_doubt && n > 0) { /* the first line goes with the newlines after it */
        r->in_doubt = false;
        r->doubts.list[r->doubts.count - 1].characters += r->newlines;
        r->doubts.list[r->doubts.count - 1].bytes += r->newlines;
    }
    count_text(r, line, n);
}

/* ---- senders ---- */

/* The bytes of the name at the beginning of `rest`, and of the sign after it; 0 when
 * the line has no sender. */
static size_t find_name(const char *rest, size_t n, size_t *sign)
{
    size_t most = n < NAME_BYTES_MAX ? n : NAME_BYTES_MAX;
    for (size_t i = 0; i < most;) {
        const char *colon = memchr(rest + i, ':', most - i);
        if (!colon) {
            return 0;
        }
        i = (size_t)(colon - rest);
        size_t left = n - i - 1;
        const char *after = colon + 1;
        bool no_break = left >= 2 && memcmp(after, "\xC2\xA0", 2) == 0;
        if (left == 0 || *after == ' ' || no_break || (left == 1 && *after == '.')) {
            *sign = 1 + (left == 0 ? 0 : no_break ? 2u : 1u);
            return i;
        }
        i++;
    }
    return 0;
}

/* A sentence, not a name: it quotes something, as the app does with subjects. */
static bool has_quotes(const char *name, size_t n)
{
    static const char *const quotes[] = {"\"",           "\xE2\x80\x9C",
                                         "\xE2\x80\x9D", "\xE2\x80\x9E",
                                         "\xC2\xAB",     "\xE3\x80\x8C"};
    for (size_t i = 0; i < n; i++) {
        for (size_t q = 0; q < sizeof quotes / sizeof *quotes; q++) {
            size_t size = strlen(quotes[q]);
            if (n - i >= size && memcmp(name + i, quotes[q], size) == 0) {
                return true;
            }
        }
    }
    return false;
}

static inline bool same_8(const char *a, const char *b)
{
    uint64_t x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return x == y;
}

static inline bool same_4(const char *a, const char *b)
{
    uint32_t x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return x == y;
}

/* memcmp for names, which mostly have 4 to 16 bytes: the first 4 or 8 and the last. */
static inline bool same_bytes(const char *a, const char *b, size_t n)
{
    if (n < 4 || n > 16) {
        return memcmp(a, b, n) == 0;
    }
    return n < 8 ? same_4(a, b) && same_4(a + n - 4, b + n - 4)
                 : same_8(a, b) && same_8(a + n - 8, b + n - 8);
}

/* The cached name that `rest` begins with; NULL if none. */
static cached_name_t *cached(chat_reader_t *r, const char *rest, size_t n)
{
    for (size_t i = 0; i < r->name_count; i++) {
        cached_name_t *name = &r->names[i];
        if (name->length + 1 < n && rest[name->length] == ':' &&
            rest[name->length + 1] == ' ' &&
            same_bytes(rest, name->bytes, name->length)) {
            return name;
        }
    }
    return NULL;
}

static cached_name_t *add_cached(chat_reader_t *r, const char *bytes, size_t n,
                                 int person)
{
    static const cached_name_t none;
    size_t at = r->name_count < NAMES_CACHED ? r->name_count++ : NAMES_CACHED - 1;
    cached_name_t *name = &r->names[at];
    *name = none;
    name->person = person;
    if (n <= NAME_CACHED_MAX) {
        memcpy(name->bytes, bytes, n);
        name->length = (uint32_t)n;
    } else {
        name->length = UINT32_MAX - 1; /* never matches */
    }
    return name;
}

/* Whether what looks like a name and a text is a subject with ": " in it, under which
 * the app speaks of the chat: "Rome: the plan: (mark) Ann created this group". */
static bool is_under_subject(const char *rest, size_t n, size_t name)
{
    static const char sign[] = ": \xE2\x80\x8E";
    const size_t size = sizeof sign - 1;
    size_t last = name;
    for (size_t i = name + 1; i + size < n && i < NAME_BYTES_MAX; i++) {
        last = memcmp(rest + i, sign, size) == 0 ? i : last;
    }
    return last > name &&
           ebb_wa_notice(rest + last + 2, n - last - 2) == EBB_KIND_SYSTEM;
}

/* The sender of a line and where the body begins; NULL with *code 0: a system line. */
static cached_name_t *find_sender(chat_reader_t *r, const char *rest, size_t n,
                                  size_t *body, int *code)
{
    *code = EBB_OK;
    cached_name_t *name = cached(r, rest, n);
    if (name) {
        *body = name->length + 2;
        return name;
    }
    size_t sign = 0;
    size_t length = find_name(rest, n, &sign);
    if (length == 0 || has_quotes(rest, length) || ebb_wa_is_about_chat(rest, n) ||
        is_under_subject(rest, n, length)) {
        return NULL;
    }
    int person = ebb_import_person(r->import, rest, length);
    if (person < 0) {
        *code = person == EBB_ERR_LIMIT
                    ? ebb_fail_at(r->error, person,
                                  (ebb_place_t){r->input->label, r->line, 1},
                                  "more than %d persons write here; ebb reads the "
                                  "chat of two",
                                  EBB_PERSONS_MAX)
                    : ebb_fail(r->error, person, "no memory for a name");
        return NULL;
    }
    *body = length + sign;
    return add_cached(r, rest, length, person);
}

/* ---- heads ---- */

/* Notes how many characters and words the head would add were it a line of a body. */
static void suspect(chat_reader_t *r, const char *line, size_t head)
{
    ebb_body_t count = {0};
    ebb_body_count(&count, line, head);
    r->event->_reserved[0] = (uint8_t)(count.characters < 255 ? count.characters : 255);
    r->event->_reserved[1] = (uint8_t)(count.words < 255 ? count.words : 255);
}

static int64_t rough_day(const ebb_wa_head_t *head, int year, int month, int day)
{
    int y = head->field[year];
    return (int64_t)(y < 100 ? y + 2000 : y) * 372 + head->field[month] * 31 +
           head->field[day];
}

/* Whether some order of days and months lets `next` follow `last`, not too far off. */
static bool may_follow(const ebb_wa_head_t *last, const ebb_wa_head_t *next)
{
    static const int orders[][3] = {{2, 1, 0}, {2, 0, 1}, {0, 1, 2}};
    for (int i = 0; i < 3; i++) {
        for (int k = 0; k < 3; k++) {
            const int *a = orders[i], *b = orders[k];
            int64_t days =
                rough_day(next, b[0], b[1], b[2]) - rough_day(last, a[0], a[1], a[2]);
            bool month = next->field[b[1]] <= 12 && last->field[a[1]] <= 12;
            if (month && days >= -1 && days < STYLE_JUMP_DAYS) {
                return true;
            }
        }
    }
    return false;
}

static ebb_wa_head_t unpack_head(int64_t packed)
{
    return (ebb_wa_head_t){.field = {(uint16_t)(packed >> 45 & 0x3FFF),
                                     (uint16_t)(packed >> 31 & 0x3FFF),
                                     (uint16_t)(packed >> 17 & 0x3FFF)}};
}

/* Finds or adds the style of a head; false when the line is no head of this file: a
 * head of another style is only believed where its time can follow. */
static bool accept_style(chat_reader_t *r, const ebb_wa_head_t *head)
{
    if (r->style_count > 0 && r->styles[r->style].style == head->style) {
        return true;
    }
    if (r->style_count > 0) {
        ebb_wa_head_t last = unpack_head(r->last_packed);
        bool copied = head->style & EBB_WA_TIME_FIRST && head->style & EBB_WA_BRACKET;
        if (copied || !may_follow(&last, head)) {
            return false; /* "[12:24, 1/29/2018] Ann: ..." is how WhatsApp Web copies */
        }
    }
    for (size_t s = 0; s < r->style_count; s++) {
        if (r->styles[s].style == head->style) {
            r->style = s;
            return true;
        }
    }
    if (r->style_count == EBB_WA_STYLES_MAX) {
        return false;
    }
    r->style = r->style_count++;
    r->styles[r->style] = (ebb_wa_style_t){.style = head->style};
    return true;
}

static void note_style(chat_reader_t *r, const char *line, const ebb_wa_head_t *head)
{
    ebb_wa_style_t *style = &r->styles[r->style];
    style->count++;
    if (!style->padded) {
        const char *p = line + (*line == '[');
        style->padded = *p == '0' && head->field[0] < 10;
    }
    r->last_packed = ebb_wa_pack(head);
    r->heads++;
}

/* What a first line is. The app's placeholders are few and come again and again, so the
 * last one is remembered. */
static ebb_wa_body_t read_first_line(chat_reader_t *r, const char *line, size_t n)
{
    if (n == r->placeholder_size && memcmp(line, r->placeholder, n) == 0 && n > 0) {
        return r->placeholder_is;
    }
    ebb_wa_body_t body = ebb_wa_read_body(&r->index, line, n);
    if (!body.text && n <= PLACEHOLDER_MAX) {
        memcpy(r->placeholder, line, n);
        r->placeholder_size = n;
        r->placeholder_is = body;
    }
    return body;
}

/* Counts a line that may be the app's as a text, and remembers what it would be. */
static int doubt(chat_reader_t *r, const ebb_wa_body_t *body)
{
    void *list = r->doubts.list;
    size_t kept = r->import->texts.length;
    if (ebb_grow(r->import->alloc, &list, &r->doubts.capacity, r->doubts.count + 1,
                 sizeof *r->doubts.list)) {
        return ebb_fail(r->error, EBB_ERR_MEMORY, "no memory for another message");
    }
    r->doubts.list = list;
    r->event->kind = EBB_KIND_TEXT;
    count_text(r, body->text, body->length);
    r->doubts.list[r->doubts.count++] = (ebb_wa_doubt_t){
        .event = r->import->count,
        .characters = r->body.characters,
        .words = r->body.words,
        .bytes = (uint32_t)(r->import->texts.length - kept),
        .flags = body->flags,
        .kind = body->kind,
    };
    r->in_doubt = true;
    return EBB_OK;
}

/* Reads the first line of a message's body. */
static int begin_body(chat_reader_t *r, const char *line, size_t n)
{
    if (ebb_wa_is_plain(&r->index, line, n)) {
        r->event->kind = EBB_KIND_TEXT;
        count_text(r, line, n);
        return EBB_OK;
    }
    if (n > 0 && line[n - 1] == '>' && *line != '<') {
        n = ebb_wa_strip_edited(&r->index, line, n, &r->event->flags);
    }
    ebb_wa_body_t body = read_first_line(r, line, n);
    r->waits_for_title = body.title_follows;
    r->attachments += body.title_follows && body.empty_so_far;
    if (body.by_mark) {
        return doubt(r, &body);
    }
    r->event->kind = body.kind;
    r->event->flags |= body.flags;
    r->event->flags |= body.unknown ? EBB_WA_UNKNOWN : 0;
    r->doubts.unknown += body.unknown;
    if (body.nobodys) {
        r->event->person = EBB_PERSON_NONE;
        r->event->kind = EBB_KIND_SYSTEM;
    } else if (body.text) {
        count_text(r, body.text, body.length);
    }
    return EBB_OK;
}

static int begin_message(chat_reader_t *r, const char *line, size_t n,
                         const ebb_wa_head_t *head)
{
    int code = push_open(r);
    if (code) {
        return code;
    }
    r->event = ebb_import_next(r->import);
    if (!r->event) {
        return ebb_fail(r->error, EBB_ERR_MEMORY, "no memory for another message");
    }
    note_style(r, line, head);
    r->open = true;
    r->body = (ebb_body_t){0};
    r->waits_for_title = r->in_doubt = false;
    r->event->local_s = ebb_wa_pack(head);
    r->event->offset_s = ebb_wa_pack_place(r->style, r->line);
    r->event->flags = head->style & EBB_WA_SECONDS ? 0 : EBB_FLAG_MINUTE;
    r->event->person = EBB_PERSON_NONE;
    r->event->kind = EBB_KIND_SYSTEM;
    const char *rest = line + head->length;
    size_t left = n - head->length, body = 0;
    cached_name_t *sender = find_sender(r, rest, left, &body, &code);
    if (code) {
        return code;
    }
    uint8_t notice = sender ? EBB_KIND_COUNT : ebb_wa_notice(rest, left);
    bool known = sender ? sender->seen >= FEW_MESSAGES : notice < EBB_KIND_COUNT;
    if (sender) {
        r->event->person = (uint8_t)sender->person;
        sender->seen++;
    } else if (known) {
        r->event->kind = notice; /* a call, of which Android does not say whose */
    }
    known = known && r->style == 0;
    if (!known) {
        suspect(r, line, head->length + body);
        add_text(r, line, head->length + body);
    }
    begin_text(r);
    return sender ? begin_body(r, rest + body, left - body) : EBB_OK;
}

/* ---- lines ---- */

/* The head of a line, NULL where it has none; holds until the next call. */
static const ebb_wa_head_t *find_head(chat_reader_t *r, const char *line, size_t n)
{
    const ebb_wa_head_t *head = ebb_wa_shapes_read(&r->shapes, line, n);
    if (!head && ebb_wa_head(line, n, &r->parsed)) {
        head = &r->parsed;
        ebb_wa_shapes_learn(&r->shapes, line, head);
    }
    return head;
}

/* Counts a line that belongs to the body above. One that looks like a head of this file
 * but cannot be one is told: its words go where they stand, but a message may be
 * missing. `foreign`: it is a head, of another style, which a body may quote. */
static void note_continuation(chat_reader_t *r, const char *line, size_t n,
                              bool foreign)
{
    if (foreign || !ebb_wa_shapes_fit(&r->shapes, r->styles[r->style].style, line, n)) {
        ebb_import_source(r->import)->continuation++;
        return;
    }
    ebb_import_not_understood(
        r->import, r->line, 1,
        "looks like a message, but there is no such date or time of day");
}

/* Takes a whole line, without its newline. */
static int take_line(chat_reader_t *r, const char *line, size_t n)
{
    r->line++;
    while (n > 0 && line[n - 1] == '\r') {
        n--;
    }
    const ebb_wa_head_t *head = find_head(r, line, n);
    if (head && accept_style(r, head)) {
        return begin_message(r, line, n, head);
    }
    if (r->open) {
        note_continuation(r, line, n, head != NULL);
        continue_body(r, line, n, true);
    } else if (n > 0) {
        ebb_import_not_understood(r->import, r->line, 1,
                                  "stands before the first message");
    }
    return EBB_OK;
}

/* Takes the whole lines of `n` bytes; `*used` receives how many bytes they are. */
static int take_lines(chat_reader_t *r, size_t n, size_t *used)
{
    const char *p = r->buffer, *end = r->buffer + n;
    while (p < end) {
        const char *newline = memchr(p, '\n', (size_t)(end - p));
        if (!newline) {
            break;
        }
        size_t length = (size_t)(newline - p);
        if (r->in_long_line) {
            r->in_long_line = false;
            continue_body(r, p, length - (length && p[length - 1] == '\r'), false);
        } else {
            int code = take_line(r, p, length);
            if (code) {
                return code;
            }
        }
        p = newline + 1;
    }
    *used = (size_t)(p - r->buffer);
    return EBB_OK;
}

/* The bytes after the last newline: the end of the file, or a line too long for the
 * buffer. */
static int take_rest(chat_reader_t *r, const char *p, size_t n, bool last)
{
    if (n == 0) {
        return EBB_OK;
    }
    if (r->in_long_line) {
        continue_body(r, p, n, false);
        return EBB_OK;
    }
    r->in_long_line = !last;
    return take_line(r, p, n);
}

static int read_all(chat_reader_t *r)
{
    uint64_t offset = 0;
    size_t kept = 0;
    for (;;) {
        int64_t got =
            r->input->read_at(r->input, offset, r->buffer + kept, BUFFER_SIZE - kept);
        if (got < 0) {
            return ebb_fail_at(r->error, (int)got,
                               (ebb_place_t){.where = r->input->label},
                               "cannot be read to its end");
        }
        offset += (uint64_t)got;
        size_t n = kept + (size_t)got, used = 0;
        memset(r->buffer + n, 0, EBB_WA_SLACK);
        int code = take_lines(r, n, &used);
        bool last = got == 0;
        if (!code && (last || used == 0) && (last || n == BUFFER_SIZE)) {
            code = take_rest(r, r->buffer + used, n - used, last);
            used = n;
        }
        if (!code && ebb_import_progress(r->import, offset, r->input->size)) {
            code = ebb_fail(r->error, EBB_ERR_CANCELLED, "cancelled");
        }
        if (code || last) {
            ebb_import_source(r->import)->bytes = offset;
            return code;
        }
        kept = n - used;
        memmove(r->buffer, r->buffer + used, kept);
    }
}

/* ---- the account ---- */

static const char *order_word(ebb_date_order_t order)
{
    switch (order) {
    case EBB_DATE_DMY:
        return "d/m/y";
    case EBB_DATE_MDY:
        return "m/d/y";
    case EBB_DATE_YMD:
        return "y/m/d";
    case EBB_DATE_YDM:
        return "y/d/m";
    case EBB_DATE_MIXED:
    case EBB_DATE_STATED:
    default:
        return "mixed dates";
    }
}

/* Exports end at 40,000 messages without media and 10,000 with; the oldest are cut. */
static bool is_near_cap(uint64_t heads, bool with_media)
{
    uint64_t cap = with_media ? 10000 : 40000;
    return heads >= cap - cap / 100 && heads <= cap + cap / 200;
}

/* The places kept in the order of lines; some were found while reading, others after.
 */
static void sort_positions(ebb_source_t *source)
{
    uint64_t kept = source->not_understood < EBB_POSITIONS_KEPT ? source->not_understood
                                                                : EBB_POSITIONS_KEPT;
    ebb_position_t *list = source->positions;
    for (uint64_t i = 1; i < kept; i++) {
        ebb_position_t one = list[i];
        uint64_t k = i;
        for (; k > 0 && list[k - 1].line > one.line; k--) {
            list[k] = list[k - 1];
        }
        list[k] = one;
    }
}

static void describe(chat_reader_t *r)
{
    ebb_source_t *source = ebb_import_source(r->import);
    sort_positions(source);
    size_t most = 0, styles = 0;
    for (size_t s = 0; s < r->style_count; s++) {
        styles += r->styles[s].count > 0;
        most = r->styles[s].count > r->styles[most].count ? s : most;
    }
    uint16_t style = r->styles[most].style;
    (void)snprintf(source->dialect, sizeof source->dialect, "%s %s %s%s",
                   style & EBB_WA_BRACKET ? "ios" : "android",
                   style & EBB_WA_HALF_DAYS ? "12h" : "24h",
                   order_word(source->date_order),
                   styles > 1 ? ", several styles" : "");
    source->lines = r->line;
    source->minute_clock = !(style & EBB_WA_SECONDS);
    source->zone_known = r->import->zone != NULL;
    source->cap_suspected =
        is_near_cap(r->heads, false) || (r->attachments && is_near_cap(r->heads, true));
}

static int finish(chat_reader_t *r)
{
    int code = push_open(r);
    if (code) {
        return code;
    }
    if (r->heads == 0) {
        return ebb_fail_at(r->error, EBB_ERR_INPUT,
                           (ebb_place_t){.where = r->input->label},
                           "holds no WhatsApp message; is it the exported chat?");
    }
    ebb_wa_settle_marked(r->import, &r->doubts);
    if (ebb_wa_resolve_dates(r->import, r->styles, r->style_count)) {
        return ebb_fail(r->error, EBB_ERR_MEMORY, "no memory to resolve the dates");
    }
    if (r->import->count == r->import->source_begin) {
        return ebb_fail_at(r->error, EBB_ERR_INPUT,
                           (ebb_place_t){.where = r->input->label},
                           "looks like a WhatsApp chat, but none of its dates exists");
    }
    describe(r);
    return EBB_OK;
}

static int read_chat(ebb_import_t *import, const ebb_input_t *input, ebb_error_t *error)
{
    const ebb_alloc_t *alloc = import->alloc;
    chat_reader_t *r = ebb_new_array(alloc, 1, sizeof *r);
    char *buffer = alloc->resize(alloc->user, NULL, 0, BUFFER_SIZE + EBB_WA_SLACK);
    int code = EBB_ERR_MEMORY;
    if (r && buffer) {
        r->import = import;
        r->input = input;
        r->error = error;
        r->buffer = buffer;
        ebb_wa_index_build(&r->index);
        code = read_all(r);
        code = code ? code : finish(r);
        ebb_free_array(alloc, r->doubts.list, r->doubts.capacity,
                       sizeof *r->doubts.list);
    } else {
        (void)ebb_fail(error, code, "no memory to read a chat");
    }
    ebb_free_array(alloc, buffer, BUFFER_SIZE + EBB_WA_SLACK, 1);
    ebb_free_array(alloc, r, 1, sizeof *r);
    return code;
}

/* Whether a line has a head (1), and a sender behind it (2). */
static int sniff_line(const char *bytes, size_t n)
{
    char line[512 + EBB_WA_SLACK] = {0};
    n = n < 512 ? n : 512;
    memcpy(line, bytes, n);
    ebb_wa_head_t found;
    size_t sign;
    if (!ebb_wa_head(line, n, &found)) {
        return 0;
    }
    return find_name(line + found.length, n - found.length, &sign) ? 2 : 1;
}

/* Surely a chat when the first line has a head and some line a sender; perhaps when
 * heads come later: other formats may quote a chat. */
static int sniff_chat(const char *head, size_t n)
{
    int best = 0;
    bool first = true, begins = false;
    const char *end = head + n;
    for (const char *p = head; p < end && best < 2;) {
        const char *newline = memchr(p, '\n', (size_t)(end - p));
        size_t length = (size_t)((newline ? newline : end) - p);
        int score = sniff_line(p, length);
        best = score > best ? score : best;
        if (first && length > 1) { /* an empty line says nothing */
            first = false;
            begins = score > 0;
        }
        p += length + 1;
    }
    return begins ? best : best > 0;
}

const ebb_reader_t ebb_reader_whatsapp = {"whatsapp", sniff_chat, read_chat};
