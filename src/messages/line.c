/* SPDX-License-Identifier: MIT
 *
 * LINE's text export of a chat, as phones and computers write it.
 *
 *     [LINE] Chat history with Ana
 *     Saved on: 2024/05/06 21:00
 *
 *     2024/05/05(Sun)
 *     20:01<tab>Ana<tab>hi
 *     20:02<tab>Ben<tab>"of two
 *     lines"
 *     20:03<tab><tab>Ana unsent a message.
 *
 * A line of a weekday and a date begins a day, one with a time a message; every other
 * line goes on with the message before it. A text of several lines stands in quotes.
 * The order of day and month, where the year is last, is not stated: the weekdays tell
 * it. So the file is gone through twice, the first time for its dates and, where blanks
 * set the parts off, its names.
 */
#include "messages/line.h"

#include <stdio.h>
#include <string.h>

#include "core/memory.h"
#include "messages/accounts.h"
#include "messages/draft.h"
#include "messages/lines.h"
#include "messages/stamp.h"

#define TITLE_LINES 4 /* before the first day: who, when saved, blanks */
#define HELD_MAX 64   /* bytes; longer than every word of the app's own */

typedef struct ln_reader {
    ebb_import_t *import;
    ebb_line_reader_t lines;
    ebb_draft_t draft;
    ebb_clock_t clock;
    ebb_accounts_t accounts; /* by the hash of a name, which saves looking it up */
    /* learnt by the first pass */
    ebb_ln_order_t order;
    ebb_ln_names_t names;
    uint64_t tabbed, blanked;        /* lines of messages with tabs, with blanks */
    char partner[EBB_LN_NAME_BYTES]; /* as the name of a file tells it; or "" */
    /* of the second */
    bool by_tabs, day_first;
    int64_t day;           /* EBB_LN_NO_DAY before the first */
    uint32_t lines_so_far; /* of the open message's text, without blank ones */
    bool quoted;           /* it begins with a quote ... */
    bool closes;           /* ... and ends with one, which is not counted yet */
    char held[HELD_MAX];   /* its only line so far, if that is the app's own word */
    size_t held_length;
} ln_reader_t;

/* ---- the first pass ---- */

/* "[LINE] Ana Maria.txt", "[LINE]Ana Maria.txt" */
static void note_ln_partner(ln_reader_t *ln, const char *label)
{
    const char *slash = label ? strrchr(label, '/') : NULL;
    const char *name = slash ? slash + 1 : label ? label : "";
    size_t length = strlen(name);
    bool fits = length > 10 && strncmp(name, "[LINE]", 6) == 0 &&
                strcmp(name + length - 4, ".txt") == 0;
    name += fits ? 6 + (name[6] == ' ') : 0;
    length = fits ? strlen(name) - 4 : 0;
    if (length < sizeof ln->partner) {
        memcpy(ln->partner, name, length);
        ln->partner[length] = '\0';
    }
}

static int survey_ln(ln_reader_t *ln)
{
    const char *line = NULL;
    size_t n = 0;
    int code = EBB_OK;
    while ((code = ebb_lines_next(&ln->lines, &line, &n)) == EBB_OK) {
        ebb_ln_date_t date;
        ebb_ln_head_t head;
        if (ebb_ln_read_date(line, n, &date)) {
            ebb_ln_order_learn(&ln->order, &date);
        } else if (ebb_ln_read_head(line, n, &head)) {
            ln->tabbed += head.tabbed;
            ln->blanked += !head.tabbed;
            if (!head.tabbed && !ebb_ln_is_unsent(line, n)) {
                ebb_ln_names_learn(&ln->names, line + head.rest, n - head.rest);
            }
        }
    }
    ln->by_tabs = ln->tabbed > 0;
    ln->day_first = ln->order.against[1] <= ln->order.against[0];
    return code > 0 ? EBB_OK : code;
}

/* ---- the open message ---- */

static int fail_ln(ln_reader_t *ln, int code)
{
    ebb_place_t place = {ln->lines.input->label, ln->lines.number, 0};
    return ebb_fail_at(ln->lines.error, code, place,
                       code == EBB_ERR_LIMIT ? "more persons, or more text, than ebb "
                                               "takes"
                                             : "no memory for its messages");
}

/* Adds text where the last line of it ended, before the line ends held back. */
static void add_to_ln_line(ln_reader_t *ln, const char *text, size_t n)
{
    uint32_t newlines = ln->draft.newlines;
    ln->draft.newlines = 0;
    ebb_draft_add(&ln->draft, text, n);
    ln->draft.newlines = newlines;
}

/* Adds text; a quote at its end may be the closing one, and waits. */
static void add_ln_text(ln_reader_t *ln, const char *text, size_t n)
{
    if (ln->closes) {
        add_to_ln_line(ln, "\"", 1);
    }
    bool alone = ln->lines_so_far == 1 && n == 1; /* the opening one itself */
    ln->closes = ln->quoted && !alone && n > 0 && text[n - 1] == '"';
    ebb_draft_add(&ln->draft, text, n - ln->closes);
}

/* Takes the opening quote off a text of several lines that has a closing one. */
static void take_ln_quotes(ln_reader_t *ln)
{
    ebb_draft_t *draft = &ln->draft;
    if (!ln->closes) {
        return;
    }
    if (ln->lines_so_far == 1) { /* its sender's own */
        add_to_ln_line(ln, "\"", 1);
        return;
    }
    draft->body.characters--; /* quotes make no words */
    if (draft->text.length > 0) {
        draft->text.length--;
        memmove(draft->text.data, draft->text.data + 1, draft->text.length);
    }
}

static int end_ln_message(ln_reader_t *ln)
{
    if (ln->draft.open) {
        take_ln_quotes(ln);
    }
    int code = ebb_draft_end(&ln->draft);
    return code ? fail_ln(ln, code) : EBB_OK;
}

/* One more line of the open message. */
static void go_on_ln(ln_reader_t *ln, const char *line, size_t n)
{
    ebb_draft_t *draft = &ln->draft;
    if (!draft->open || draft->event.person == EBB_PERSON_NONE) {
        return;
    }
    ebb_draft_break(draft);
    if (n == 0) {
        return;
    }
    ln->lines_so_far++;
    if (ln->held_length > 0) { /* not the app's word then */
        draft->event.kind = EBB_KIND_TEXT;
        draft->event.flags &= (uint16_t) ~(EBB_FLAG_POLL | EBB_FLAG_LOCATION);
        add_to_ln_line(ln, ln->held, ln->held_length);
        ln->held_length = 0;
    }
    if (draft->event.kind == EBB_KIND_TEXT) {
        add_ln_text(ln, line, n);
    }
}

/* ---- lines ---- */

static bool set_ln_time(ln_reader_t *ln, ebb_event_t *event, int32_t second_s)
{
    if (ln->day == EBB_LN_NO_DAY) {
        ebb_import_not_understood(ln->import, ln->lines.number, 1,
                                  "a message of which no day is told");
        return false;
    }
    int64_t local = ln->day * EBB_DAY_S + second_s;
    const char *wrong = ebb_clock_set(&ln->clock, event, &local, NULL);
    event->flags |= EBB_FLAG_MINUTE;
    if (wrong) {
        ebb_import_not_understood(ln->import, ln->lines.number, 1, wrong);
    }
    return !wrong;
}

/* Whoever's name a line without a sender begins with; or EBB_PERSON_NONE. */
static uint8_t named_ln_person(const ln_reader_t *ln, const char *text, size_t n)
{
    for (size_t i = 0; i < ln->import->person_count; i++) {
        const char *name = ln->import->persons[i].name;
        size_t length = strlen(name);
        if (length > 0 && length < n && memcmp(text, name, length) == 0) {
            return (uint8_t)i;
        }
    }
    return EBB_PERSON_NONE;
}

/* What the app says about the chat, or of a call without saying whose. */
static void begin_ln_notice(ln_reader_t *ln, ebb_event_t *event, const char *text,
                            size_t n)
{
    ebb_ln_said_t said = ebb_ln_said(text, n, ln->by_tabs);
    bool is_call = said.kind == EBB_KIND_CALL || said.kind == EBB_KIND_MISSED_CALL;
    event->person = EBB_PERSON_NONE;
    event->kind = is_call ? said.kind : EBB_KIND_SYSTEM;
    if (!is_call && ebb_ln_is_unsent(text, n)) {
        event->person = named_ln_person(ln, text, n);
        event->kind =
            event->person == EBB_PERSON_NONE ? EBB_KIND_SYSTEM : EBB_KIND_DELETED;
    }
    ebb_draft_begin(&ln->draft, event);
}

static int begin_ln_said(ln_reader_t *ln, ebb_event_t *event, const char *name,
                         size_t length, const char *text, size_t n)
{
    uint64_t id = ebb_account_hash(name, length);
    int person = ebb_account_find(&ln->accounts, id);
    if (person < 0) {
        person =
            ebb_account_add(&ln->accounts, &(ebb_newcomer_t){id, name, length, ""});
    }
    if (person < 0) {
        return fail_ln(ln, person);
    }
    ebb_ln_said_t said = ebb_ln_said(text, n, ln->by_tabs);
    event->person = (uint8_t)person;
    event->kind = said.kind;
    event->flags |= said.flags;
    if (ebb_ln_is_unsent(text, n) && !ln->by_tabs) {
        event->kind = said.kind = EBB_KIND_DELETED;
    }
    ebb_draft_begin(&ln->draft, event);
    if (said.kind == EBB_KIND_TEXT) {
        ln->quoted = n > 0 && text[0] == '"';
        add_ln_text(ln, text, n);
    } else if (!said.begins && n <= HELD_MAX) {
        memcpy(ln->held, text, n);
        ln->held_length = n;
    }
    return EBB_OK;
}

/* The parts of a line behind its time. */
static int begin_ln_message(ln_reader_t *ln, const char *rest, size_t n,
                            int32_t second_s)
{
    ebb_event_t event = {0};
    int code = end_ln_message(ln);
    if (code || !set_ln_time(ln, &event, second_s)) {
        return code;
    }
    ln->quoted = ln->closes = false;
    ln->lines_so_far = 1;
    ln->held_length = 0;
    size_t name = 0;
    if (ln->by_tabs) {
        const char *tab = memchr(rest, '\t', n);
        name = tab ? (size_t)(tab - rest) : 0;
        bool empty = tab == rest; /* nobody, but a place is kept */
        rest += empty;
        n -= empty;
    } else {
        name = ebb_ln_names_find(&ln->names, rest, n, ln->partner);
    }
    if (name == 0) {
        begin_ln_notice(ln, &event, rest, n);
        return EBB_OK;
    }
    return begin_ln_said(ln, &event, rest, name, rest + name + 1, n - name - 1);
}

/* A line before the first day that is no title. */
static void note_ln_stray(ln_reader_t *ln, size_t n)
{
    if (n > 0 && ln->lines.number > TITLE_LINES) {
        ebb_import_not_understood(ln->import, ln->lines.number, 1,
                                  "stands before the first message");
    }
}

/* Whether a line begins a message: it has a time, and where blanks set the parts off,
 * somebody's name or the app's own words as well. */
static bool begins_ln_message(const ln_reader_t *ln, const char *line, size_t n,
                              ebb_ln_head_t *head)
{
    if (!ebb_ln_read_head(line, n, head) || head->tabbed != ln->by_tabs) {
        return false;
    }
    const char *rest = line + head->rest;
    size_t left = n - head->rest;
    return ln->by_tabs || !ln->draft.open || ebb_ln_is_unsent(rest, left) ||
           ebb_ln_names_find(&ln->names, rest, left, ln->partner) > 0;
}

static int take_ln_line(ln_reader_t *ln, const char *line, size_t n)
{
    ebb_ln_date_t date;
    ebb_ln_head_t head;
    ebb_import_source(ln->import)->lines++;
    if (ebb_ln_read_date(line, n, &date)) {
        ln->day = ebb_ln_day(&date, ln->day_first);
        if (ln->day == EBB_LN_NO_DAY) {
            ebb_import_not_understood(ln->import, ln->lines.number, 1,
                                      "a day that does not exist in the order of the "
                                      "others");
        }
        return end_ln_message(ln);
    }
    if (begins_ln_message(ln, line, n, &head)) {
        return begin_ln_message(ln, line + head.rest, n - head.rest, head.second_s);
    }
    if (ln->draft.open) {
        ebb_import_source(ln->import)->continuation += n > 0;
        go_on_ln(ln, line, n);
    } else if (ln->day == EBB_LN_NO_DAY) {
        note_ln_stray(ln, n);
    }
    return EBB_OK;
}

/* ---- the reader ---- */

static void describe_ln(ln_reader_t *ln)
{
    const ebb_ln_order_t *order = &ln->order;
    ebb_source_t *source = ebb_import_source(ln->import);
    uint64_t for_it = order->against[!ln->day_first];
    uint64_t against = order->against[ln->day_first];
    bool year_first = order->year_first > 0;
    (void)snprintf(source->dialect, sizeof source->dialect, "%s, %s",
                   ln->by_tabs ? "phone" : "computer",
                   year_first      ? "y/m/d"
                   : ln->day_first ? "d/m/y"
                                   : "m/d/y");
    source->date_order = year_first      ? EBB_DATE_YMD
                         : ln->day_first ? EBB_DATE_DMY
                                         : EBB_DATE_MDY;
    source->date_certainty = year_first || (for_it > 0 && against == 0) ? EBB_CERTAIN
                             : for_it > against                         ? EBB_LIKELY
                                                                        : EBB_AMBIGUOUS;
    source->date_evidence = year_first ? order->year_first : for_it;
    source->minute_clock = true;
    source->zone_known = ln->import->zone != NULL;
}

static int read_ln_lines(ln_reader_t *ln)
{
    const char *line = NULL;
    size_t n = 0;
    int code = survey_ln(ln);
    ebb_lines_rewind(&ln->lines);
    while (!code && (code = ebb_lines_next(&ln->lines, &line, &n)) == EBB_OK) {
        code = take_ln_line(ln, line, n);
    }
    code = code > 0 ? end_ln_message(ln) : code;
    if (!code) {
        describe_ln(ln);
    }
    return code;
}

static int read_line_chat(ebb_import_t *import, const ebb_input_t *input,
                          ebb_error_t *error)
{
    ln_reader_t *ln = ebb_new_array(import->alloc, 1, sizeof *ln);
    if (!ln) {
        return ebb_fail_at(error, EBB_ERR_MEMORY, (ebb_place_t){.where = input->label},
                           "no memory to read it");
    }
    ln->import = ln->draft.import = ln->clock.import = ln->accounts.import = import;
    ln->lines = (ebb_line_reader_t){.import = import, .input = input, .error = error};
    ln->day = EBB_LN_NO_DAY;
    ebb_text_init(&ln->draft.text, import->alloc);
    note_ln_partner(ln, input->label);
    int code = ebb_lines_open(&ln->lines);
    code = code ? code : read_ln_lines(ln);
    ebb_lines_close(&ln->lines);
    ebb_text_free(&ln->draft.text);
    ebb_free_array(import->alloc, ln, 1, sizeof *ln);
    return code;
}

/* Surely LINE's with its title, or where a day is followed by a message. */
static int sniff_line_chat(const char *head, size_t n)
{
    bool marked = n >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0;
    const char *at = head + (marked ? 3 : 0), *end = head + n;
    bool titled = end - at > 7 && memcmp(at, "[LINE] ", 7) == 0;
    bool dated = false;
    for (int i = 0; i <= TITLE_LINES + 1 && at < end; i++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((newline ? newline : end) - at);
        size_t text = length - (length > 0 && at[length - 1] == '\r');
        ebb_ln_date_t date;
        ebb_ln_head_t found;
        if (dated && ebb_ln_read_head(at, text, &found)) {
            return 2;
        }
        dated = dated || ebb_ln_read_date(at, text, &date);
        at += length + 1;
    }
    return titled ? 2 : 0;
}

const ebb_reader_t ebb_reader_line = {"line", sniff_line_chat, read_line_chat};
