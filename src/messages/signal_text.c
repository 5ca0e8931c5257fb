/* SPDX-License-Identifier: MIT
 *
 * Signal's chats as signal-export writes them in Markdown.
 *
 *     [2024-05-05 20:01:09] Ana: are you there?··
 *     (- Me: ❤ -)
 *
 *     [2024-05-05 20:02:00] Me:·
 *
 *     > are you there?
 *
 *     yes··![cat.png](./media/cat.png)··
 *
 * A line with a head begins a message; a text ends in two blanks (· here) and is
 * followed by an empty line. Quotations, reactions, stickers and files stand around the
 * text, and are no part of it. Messages that were set to disappear are not in the file
 * unless its maker asked for them, and then cannot be told from others.
 *
 * Invariant: `body` holds the open message's text as it stands, at most BODY_MAX bytes.
 */
#include <stdio.h>
#include <string.h>

#include "core/memory.h"
#include "messages/draft.h"
#include "messages/jsonfeed.h"
#include "messages/lines.h"
#include "messages/signal.h"
#include "messages/stamp.h"

#define BODY_MAX ((size_t)1024 * 1024)
#define STAMP_MIN 16 /* bytes of "2024-05-05 20:01" */

/* "[2024-05-05 20:01:09] Ana: " */
typedef struct sg_head {
    ebb_stamp_t stamp;
    const char *wrong; /* what is wrong with the time */
    const char *name;
    size_t name_length;
    size_t text; /* place of the text in the line */
} sg_head_t;

typedef struct sg_text {
    ebb_import_t *import;
    ebb_line_reader_t lines;
    ebb_clock_t clock;
    ebb_draft_t draft;
    ebb_event_t event; /* of the open message */
    bool open;
    ebb_text_t body;
    bool saw_seconds;
} sg_text_t;

/* ---- heads ---- */

static bool is_sg_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A time as a stamp, without the comma that older versions set. */
static const char *read_sg_stamp(ebb_stamp_t *stamp, const char *bytes, size_t length)
{
    char text[24];
    size_t n = 0;
    for (size_t i = 0; i < length && n < sizeof text; i++) {
        if (bytes[i] != ',') {
            text[n++] = bytes[i];
        }
    }
    return ebb_stamp_parse(stamp, text, n);
}

static bool read_sg_head(const char *line, size_t n, sg_head_t *head)
{
    const char *close = n > STAMP_MIN ? memchr(line, ']', n < 24 ? n : 24) : NULL;
    if (!close || line[0] != '[' || !is_sg_digit(line[1]) || line[5] != '-' ||
        line[8] != '-') {
        return false;
    }
    size_t name = (size_t)(close - line) + 2;
    const char *colon = name < n ? memchr(line + name, ':', n - name) : NULL;
    if (!colon || line[name - 1] != ' ' || colon == line + name) {
        return false;
    }
    *head = (sg_head_t){.name = line + name};
    head->wrong = read_sg_stamp(&head->stamp, line + 1, name - 3);
    head->name_length = (size_t)(colon - head->name);
    head->text = (size_t)(colon - line) + 1;
    head->text += head->text < n && line[head->text] == ' ';
    return true;
}

/* ---- the parts of a body ---- */

typedef struct sg_line {
    const char *at;
    size_t length;
} sg_line_t;

static bool is_sg_between(sg_line_t line, const char *open, const char *close)
{
    size_t a = strlen(open), b = strlen(close);
    return line.length >= a + b && memcmp(line.at, open, a) == 0 &&
           memcmp(line.at + line.length - b, close, b) == 0;
}

/* The next line of a body; false at its end. */
static bool next_sg_line(const char **at, const char *end, sg_line_t *line)
{
    if (*at >= end) {
        return false;
    }
    const char *newline = memchr(*at, '\n', (size_t)(end - *at));
    line->at = *at;
    line->length = (size_t)((newline ? newline : end) - *at);
    *at = newline ? newline + 1 : end;
    return true;
}

static const char *find_in_sg(const char *at, const char *end, const char *word)
{
    size_t n = strlen(word);
    for (; (size_t)(end - at) >= n && (at = memchr(at, *word, (size_t)(end - at)));
         at++) {
        if ((size_t)(end - at) >= n && memcmp(at, word, n) == 0) {
            return at;
        }
    }
    return NULL;
}

/* Takes a file or a sticker at the end of a line off it, "![name](./media/name)": what
 * it is, EBB_KIND_TEXT where there is none. */
static uint8_t take_sg_file(sg_line_t *line)
{
    static const char *const folders[] = {"](./media/", "](media/",
                                          "](../exported_stickers/"};
    const char *end = line->at + line->length;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        const char *middle = find_in_sg(line->at, end, folders[i]);
        const char *open = middle;
        while (open && open > line->at && *open != '[') {
            open--;
        }
        if (open && *open == '[') {
            uint8_t kind = ebb_sg_file_kind(open, (size_t)(middle - open));
            open -= open > line->at && open[-1] == '!';
            line->length = (size_t)(open - line->at);
            return kind;
        }
    }
    return EBB_KIND_TEXT;
}

static void trim_sg_line(sg_line_t *line)
{
    while (line->length > 0 && line->at[line->length - 1] == ' ') {
        line->length--;
    }
}

/* Adds a line of the body to the draft, without what is no text of it. */
static void add_sg_line(sg_text_t *sg, sg_line_t line)
{
    ebb_event_t *event = &sg->draft.event;
    if (is_sg_between(line, "(- ", " -)")) {
        return; /* reactions: without a time they are nothing */
    }
    uint8_t kind =
        is_sg_between(line, "(( ", " ))") ? EBB_KIND_MEDIA : take_sg_file(&line);
    if (kind == EBB_KIND_MEDIA && line.at[0] == '(') {
        line.length = 0;
    }
    if (kind != EBB_KIND_TEXT) {
        event->kind = event->kind == EBB_KIND_VOICE ? event->kind : kind;
    }
    trim_sg_line(&line);
    ebb_draft_add(&sg->draft, line.at, line.length);
    ebb_draft_break(&sg->draft);
}

/* A call or a deleted message, which are said in words; false for all others. */
static bool is_sg_said_in_words(sg_text_t *sg)
{
    sg_line_t whole = {sg->body.data, sg->body.length};
    while (whole.length > 0 && strchr(" \n", whole.at[whole.length - 1])) {
        whole.length--;
    }
    if (ebb_bytes_are(whole.at, whole.length, "(This message was deleted)")) {
        sg->event.kind = EBB_KIND_DELETED;
        return true;
    }
    bool outgoing = false;
    uint8_t kind = ebb_sg_call(whole.at, whole.length, &outgoing);
    if (kind == EBB_KIND_TEXT) {
        return false;
    }
    sg->event.kind = kind;
    if (outgoing) { /* older versions give it to the other one all the same */
        int me = ebb_import_person(sg->import, EBB_SG_ME, strlen(EBB_SG_ME));
        sg->event.person = me >= 0 ? (uint8_t)me : sg->event.person;
    }
    return true;
}

/* The quotation a reply begins with stands below the head, which has no text then. */
static void add_sg_body(sg_text_t *sg)
{
    const char *at = sg->body.data, *end = at + sg->body.length;
    sg_line_t line;
    bool first = true;
    while (next_sg_line(&at, end, &line)) {
        bool none_yet = sg->draft.body.characters == 0;
        if (!first && none_yet && line.length > 0 && line.at[0] == '>') {
            sg->draft.event.flags |= EBB_FLAG_REPLY;
        } else {
            add_sg_line(sg, line);
        }
        first = false;
    }
}

/* ---- messages ---- */

static int fail_sg_text(sg_text_t *sg, int code, const char *why)
{
    ebb_place_t place = {sg->lines.input->label, sg->lines.number, 0};
    return ebb_fail_at(sg->lines.error, code, place, "%s", why);
}

static int end_sg_text(sg_text_t *sg)
{
    if (!sg->open) {
        return EBB_OK;
    }
    sg->open = false;
    bool words = sg->body.length > 0 && is_sg_said_in_words(sg);
    ebb_draft_begin(&sg->draft, &sg->event);
    if (!words && sg->body.length > 0) {
        add_sg_body(sg);
        bool empty = sg->draft.body.characters == 0;
        if (empty && sg->draft.event.kind == EBB_KIND_TEXT) {
            sg->draft.event.kind = EBB_KIND_OTHER;
        }
    }
    int code = sg->body.failed ? sg->body.failed : ebb_draft_end(&sg->draft);
    return code ? fail_sg_text(sg, code,
                               code == EBB_ERR_LIMIT ? "more text than ebb keeps"
                                                     : "no memory for its messages")
                : EBB_OK;
}

/* Why a head begins no message; NULL if it does, with the event's clocks set. */
static const char *set_sg_text_time(sg_text_t *sg, const sg_head_t *head)
{
    if (head->wrong || head->stamp.time_s < EBB_SG_FIRST_S) {
        return head->wrong ? "the time is none" : "no time";
    }
    const char *wrong =
        ebb_clock_set(&sg->clock, &sg->event, &head->stamp.time_s, NULL);
    sg->event.flags |= head->stamp.minute ? EBB_FLAG_MINUTE : 0;
    sg->saw_seconds |= !head->stamp.minute;
    return wrong;
}

static int begin_sg_text(sg_text_t *sg, const sg_head_t *head, const char *line,
                         size_t n)
{
    int code = end_sg_text(sg);
    if (code) {
        return code;
    }
    size_t length = 0;
    const char *name = ebb_sg_name(head->name, head->name_length, &length);
    sg->event = (ebb_event_t){.kind = EBB_KIND_TEXT};
    const char *problem = name ? set_sg_text_time(sg, head) : "no sender";
    if (problem) {
        ebb_import_not_understood(sg->import, sg->lines.number, 1, problem);
        return EBB_OK;
    }
    int person = ebb_import_person(sg->import, name, length);
    if (person < 0) {
        return fail_sg_text(sg, person,
                            person == EBB_ERR_LIMIT
                                ? "more persons than a couple's chat has"
                                : "no memory for its persons");
    }
    sg->event.person = (uint8_t)person;
    sg->open = true;
    sg->body.length = 0;
    ebb_text_append(&sg->body, line + head->text, n - head->text);
    return EBB_OK;
}

static int go_on_sg_text(sg_text_t *sg, const char *line, size_t n)
{
    if (!sg->open) {
        if (n > 0 && sg->import->count == sg->import->source_begin) {
            ebb_import_not_understood(sg->import, sg->lines.number, 1,
                                      "stands before the first message");
        }
        return EBB_OK;
    }
    ebb_import_source(sg->import)->continuation += n > 0;
    if (sg->body.length + n >= BODY_MAX) {
        return fail_sg_text(sg, EBB_ERR_LIMIT,
                            "a message longer than 1 MiB; no message is that long");
    }
    ebb_text_append(&sg->body, "\n", 1);
    ebb_text_append(&sg->body, line, n);
    return EBB_OK;
}

/* ---- the reader ---- */

static int read_sg_lines(sg_text_t *sg)
{
    const char *line = NULL;
    size_t n = 0;
    int code = EBB_OK;
    while (!code && (code = ebb_lines_next(&sg->lines, &line, &n)) == EBB_OK) {
        sg_head_t head;
        ebb_import_source(sg->import)->lines++;
        code = read_sg_head(line, n, &head) ? begin_sg_text(sg, &head, line, n)
                                            : go_on_sg_text(sg, line, n);
    }
    code = code > 0 ? end_sg_text(sg) : code;
    ebb_source_t *source = ebb_import_source(sg->import);
    (void)snprintf(source->dialect, sizeof source->dialect,
                   "signal-export Markdown, wall clock");
    source->date_order = EBB_DATE_STATED;
    source->date_certainty = EBB_CERTAIN;
    source->minute_clock = !sg->saw_seconds;
    source->zone_known = sg->import->zone != NULL;
    return code;
}

static int read_signal_text(ebb_import_t *import, const ebb_input_t *input,
                            ebb_error_t *error)
{
    sg_text_t *sg = ebb_new_array(import->alloc, 1, sizeof *sg);
    if (!sg) {
        return ebb_fail_at(error, EBB_ERR_MEMORY, (ebb_place_t){.where = input->label},
                           "no memory to read it");
    }
    sg->import = sg->draft.import = sg->clock.import = import;
    sg->lines = (ebb_line_reader_t){.import = import, .input = input, .error = error};
    ebb_text_init(&sg->draft.text, import->alloc);
    ebb_text_init(&sg->body, import->alloc);
    int code = ebb_lines_open(&sg->lines);
    code = code ? code : read_sg_lines(sg);
    ebb_lines_close(&sg->lines);
    ebb_text_free(&sg->draft.text);
    ebb_text_free(&sg->body);
    ebb_free_array(import->alloc, sg, 1, sizeof *sg);
    return code;
}

/* An iPhone's WhatsApp export may have the same heads. But there no empty line stands
 * before each of them, and no text ends in two blanks. */
static int sniff_signal_text(const char *head, size_t n)
{
    bool marked = n >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0;
    const char *at = head + (marked ? 3 : 0), *end = head + n;
    size_t heads = 0, apart = 0, padded = 0;
    bool after_empty = false, after_padded = false;
    sg_line_t line;
    while (next_sg_line(&at, end, &line)) {
        sg_head_t found;
        line.length -= line.length > 0 && line.at[line.length - 1] == '\r';
        bool is_head = read_sg_head(line.at, line.length, &found) && !found.wrong;
        if (!is_head && heads == 0 && line.length > 0) {
            return 0;
        }
        apart += is_head && heads > 0 && after_empty;
        padded += is_head && heads > 0 && after_padded;
        heads += is_head;
        after_empty = line.length == 0;
        if (!after_empty) {
            after_padded = is_sg_between(line, "", "  ");
        }
    }
    bool one = heads == 1 && after_padded;
    return one || (heads > 1 && (apart == heads - 1 || padded == heads - 1)) ? 2 : 0;
}

const ebb_reader_t ebb_reader_signal_text = {"signal", sniff_signal_text,
                                             read_signal_text};
