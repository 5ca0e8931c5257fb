/* SPDX-License-Identifier: MIT
 *
 * What the first line of a body is: the sender's own text, or the app's words.
 *
 * Nearly every line is plain text, so the first question is cheap: does it begin as any
 * sentence of the app, carry the app's mark, or end like a sign of it? Only then is the
 * line brought into normal form and looked up.
 *
 * iOS marks what it writes itself with U+200E; a marked line of no known sentence is
 * still the app's (kind other) and is reported, never passed off as the sender's text.
 * Some phones mark what people write as well. So what a line is by its mark alone stays
 * in doubt until the end of the file: see whatsapp_notice.c.
 */
#include <string.h>

#include "core/bytes.h"
#include "messages/whatsapp.h"

#define MARK "\xE2\x80\x8E" /* U+200E */
#define MARK_SIZE 3
#define ABOUT_MIN 22   /* bytes of the shortest sentence that is not a call */
#define BEGIN_KEY 4    /* bytes; no sentence that others begin with is shorter */
#define BRACKET_MAX 64 /* bytes of the longest "(file attached)" */
#define WIDE_CLOSE "\xEF\xBC\x89" /* ")" of Chinese and Japanese */
#define NORMAL_MAX 256            /* longer lines are no sentences of the app */

/* A line in normal form: see whatsapp_words.c. */
typedef struct normal_line {
    char text[NORMAL_MAX];
    size_t length;
    bool marked;        /* began with U+200E */
    bool marked_rtl;    /* ... or with U+200F, as people's own texts may */
    bool in_angles;     /* stood in < > and holds neither */
    bool marked_within; /* holds U+200E further on, as before the length of a call */
    bool overlong;      /* only its beginning is here */
} normal_line_t;

/* ---- looking up ---- */

static uint32_t hash_of(const char *text, size_t n)
{
    uint32_t h = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < n; i++) {
        h = (h ^ (unsigned char)text[i]) * 16777619u;
    }
    return h ^ h >> 15;
}

/* The bit for lines that begin with these four bytes, or eight. */
static inline unsigned begin_bit(const char *text, bool eight)
{
    uint32_t first, second = 0;
    memcpy(&first, text, sizeof first);
    if (eight) {
        memcpy(&second, text + 4, sizeof second);
    }
    return ((first ^ second * 40503u) * 2654435761u) >> 17; /* 15 bits */
}

static inline bool begins_as_one(const ebb_wa_index_t *index, const char *line,
                                 size_t n)
{
    unsigned four = begin_bit(line, false), eight = n >= 8 ? begin_bit(line, true) : 0;
    return (index->begins[four / 8] >> four % 8 & 1) ||
           (n >= 8 && index->begins_long[eight / 8] >> eight % 8 & 1);
}

void ebb_wa_index_build(ebb_wa_index_t *index)
{
    size_t count;
    const ebb_wa_sentence_t *rows = ebb_wa_sentences(&count);
    for (size_t row = 0; row < count; row++) {
        size_t length = strlen(rows[row].text);
        bool begins =
            rows[row].match == EBB_WA_WHOLE || rows[row].match == EBB_WA_BEGIN;
        if (begins && length >= 4) {
            unsigned bit = begin_bit(rows[row].text, length >= 8);
            uint8_t *bits = length >= 8 ? index->begins_long : index->begins;
            bits[bit / 8] |= (uint8_t)(1u << bit % 8);
        }
        bool edited = rows[row].match == EBB_WA_TAIL && rows[row].kind == EBB_KIND_TEXT;
        if (!begins && !edited) {
            continue;
        }
        size_t key = rows[row].match == EBB_WA_BEGIN ? BEGIN_KEY : length;
        uint32_t slot = hash_of(rows[row].text, key);
        while (index->rows[slot % EBB_WA_INDEX_SLOTS]) {
            slot++;
        }
        index->rows[slot % EBB_WA_INDEX_SLOTS] = (uint16_t)(row + 1);
    }
    index->built = true;
}

static const ebb_wa_sentence_t *find_whole(const ebb_wa_index_t *index,
                                           const char *text, size_t n,
                                           ebb_wa_match_t match)
{
    size_t count;
    const ebb_wa_sentence_t *rows = ebb_wa_sentences(&count);
    for (uint32_t slot = hash_of(text, n); index->rows[slot % EBB_WA_INDEX_SLOTS];
         slot++) {
        const ebb_wa_sentence_t *row =
            &rows[index->rows[slot % EBB_WA_INDEX_SLOTS] - 1];
        if (row->match == match && ebb_bytes_are(text, n, row->text)) {
            return row;
        }
    }
    return NULL;
}

/* The first row of match BEGIN that a text begins with; rows of one slot stand in their
 * order. */
static const ebb_wa_sentence_t *find_begin(const ebb_wa_index_t *index,
                                           const char *text, size_t n)
{
    size_t count;
    const ebb_wa_sentence_t *rows = ebb_wa_sentences(&count);
    uint32_t slot = hash_of(text, n < BEGIN_KEY ? n : BEGIN_KEY);
    for (; index->rows[slot % EBB_WA_INDEX_SLOTS]; slot++) {
        const ebb_wa_sentence_t *row =
            &rows[index->rows[slot % EBB_WA_INDEX_SLOTS] - 1];
        size_t size = strlen(row->text);
        if (row->match == EBB_WA_BEGIN && size <= n &&
            memcmp(row->text, text, size) == 0) {
            return row;
        }
    }
    return NULL;
}

static bool holds(const char *text, size_t n, const char *part)
{
    size_t size = strlen(part);
    for (size_t i = 0; i + size <= n; i++) {
        if (text[i] == part[0] && memcmp(text + i, part, size) == 0) {
            return true;
        }
    }
    return false;
}

static bool ends_with(const char *text, size_t n, const char *part)
{
    size_t size = strlen(part);
    return size <= n && memcmp(text + n - size, part, size) == 0;
}

/* The first row of a match (and of a kind, unless EBB_KIND_COUNT) that fits. */
static const ebb_wa_sentence_t *find_row(const char *text, size_t n,
                                         ebb_wa_match_t match, ebb_kind_t kind)
{
    size_t count;
    const ebb_wa_sentence_t *rows = ebb_wa_sentences(&count);
    for (size_t i = 0; i < count; i++) {
        const ebb_wa_sentence_t *row = &rows[i];
        if (row->match != match || (kind != EBB_KIND_COUNT && row->kind != kind)) {
            continue;
        }
        size_t size = strlen(row->text);
        bool fits = match == EBB_WA_BEGIN
                        ? size <= n && memcmp(text, row->text, size) == 0
                    : match == EBB_WA_TAIL ? ends_with(text, n, row->text)
                                           : holds(text, n, row->text);
        if (fits) {
            return row;
        }
    }
    return NULL;
}

/* ---- normal form ---- */

static bool is_mark_at(const char *p, size_t n)
{
    return n >= MARK_SIZE &&
           (memcmp(p, MARK, MARK_SIZE) == 0 || memcmp(p, "\xE2\x80\x8F", 3) == 0 ||
            memcmp(p, "\xE2\x80\xAA", 3) == 0 || memcmp(p, "\xE2\x80\xAC", 3) == 0 ||
            memcmp(p, "\xEF\xBB\xBF", 3) == 0);
}

/* Copies a line without marks, with plain spaces. */
static void copy_plainly(normal_line_t *out, const char *line, size_t n)
{
    for (size_t i = 0; i < n;) {
        if (out->length == NORMAL_MAX) {
            out->overlong = true;
            return;
        }
        unsigned char c = (unsigned char)line[i];
        if (c > ' ' && c < 0x80) {
            out->text[out->length++] = line[i++];
        } else if (is_mark_at(line + i, n - i)) {
            out->marked_within |= i > 0 && memcmp(line + i, MARK, MARK_SIZE) == 0;
            i += MARK_SIZE;
        } else if (n - i >= 2 && memcmp(line + i, "\xC2\xA0", 2) == 0) {
            out->text[out->length++] = ' ';
            i += 2;
        } else if (n - i >= 3 && memcmp(line + i, "\xE2\x80\xAF", 3) == 0) {
            out->text[out->length++] = ' ';
            i += 3;
        } else if (line[i] == ' ' && out->length == 0) {
            i++;
        } else {
            out->text[out->length++] = line[i++];
        }
    }
}

static void trim_end(normal_line_t *out)
{
    while (out->length && out->text[out->length - 1] == ' ') {
        out->length--;
    }
}

static void normalise(normal_line_t *out, const char *line, size_t n)
{
    *out = (normal_line_t){.length = 0};
    out->marked = n >= MARK_SIZE && memcmp(line, MARK, MARK_SIZE) == 0;
    out->marked_rtl = n >= MARK_SIZE && memcmp(line, "\xE2\x80\x8F", MARK_SIZE) == 0;
    copy_plainly(out, line, n);
    if (out->overlong) {
        return;
    }
    trim_end(out);
    size_t last = out->length;
    if (last > 2 && out->text[0] == '<' && out->text[last - 1] == '>' &&
        !memchr(out->text + 1, '<', last - 2) &&
        !memchr(out->text + 1, '>', last - 2)) {
        out->in_angles = true;
        memmove(out->text, out->text + 1, last - 2);
        out->length -= 2;
        trim_end(out);
    }
    if (out->length && out->text[out->length - 1] == '.') {
        out->length--;
    } else if (ends_with(out->text, out->length, "\xE3\x80\x82")) {
        out->length -= 3; /* the full stop of Chinese and Japanese */
    }
}

/* ---- signs at the end of a line ---- */

/* Whether text ends as a file name does: a dot and two to five letters or digits. */
static bool ends_as_file(const char *text, size_t n)
{
    size_t i = n;
    while (i > 0 && n - i < 6 && text[i - 1] != '.') {
        char c = text[--i];
        bool letter =
            ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= '0' && c <= '9');
        if (!letter) {
            return false;
        }
    }
    return i > 1 && text[i - 1] == '.' && n - i >= 2 && n - i <= 5;
}

bool ebb_wa_is_title(const char *line, size_t n)
{
    return n < NORMAL_MAX && ends_as_file(line, n);
}

static bool is_voice_file(const char *name, size_t n)
{
    return ends_with(name, n, ".opus") || holds(name, n, "PTT-") ||
           holds(name, n, "-AUDIO-");
}

/* "IMG-20240131-WA0007": how Android names what it stores. */
static bool is_apps_file(const char *name, size_t n)
{
    return n > 15 && holds(name, n, "-WA") && name[3] == '-' && name[0] >= 'A' &&
           name[0] <= 'Z';
}

/* The place of the last `c` in a line, or `n`. */
static size_t last_of(const char *line, size_t n, char c)
{
    size_t i = n;
    while (i > 0) {
        if (line[--i] == c) {
            return i;
        }
    }
    return n;
}

static size_t skip_marks_back(const char *line, size_t n)
{
    for (;;) {
        if (n >= MARK_SIZE && is_mark_at(line + n - MARK_SIZE, MARK_SIZE)) {
            n -= MARK_SIZE;
        } else if (n && line[n - 1] == ' ') {
            n--;
        } else {
            return n;
        }
    }
}

static size_t skip_marks(const char *line, size_t n)
{
    size_t i = 0;
    while (is_mark_at(line + i, n - i)) {
        i += MARK_SIZE;
    }
    return i;
}

/* The text before an attachment: a caption, unless it is the title of a document
 * ("Plan.pdf • 3 pages"). */
static ebb_wa_body_t with_caption(ebb_wa_body_t body, const char *line, size_t n)
{
    size_t from = skip_marks(line, n);
    size_t to = skip_marks_back(line, n);
    bool title = to > from && (holds(line + from, to - from, " \xE2\x80\xA2 " MARK) ||
                               ends_as_file(line + from, to - from));
    if (to > from && !title) {
        body.text = line + from;
        body.length = to - from;
        body.empty_so_far = false;
    }
    return body;
}

static ebb_wa_body_t media_body(bool voice)
{
    return (ebb_wa_body_t){.kind = voice ? EBB_KIND_VOICE : EBB_KIND_MEDIA,
                           .empty_so_far = true};
}

/* iOS: "caption <attached: 00000012-PHOTO-2024-01-31-12-00-00.jpg>", in any language.
 */
static bool read_attached_ios(const char *line, size_t n, ebb_wa_body_t *body)
{
    size_t begin = last_of(line, n, '<');
    if (n < 6 || line[n - 1] != '>' || begin == n) {
        return false;
    }
    const char *inner = line + begin + 1;
    size_t length = n - begin - 2;
    size_t colon = last_of(inner, length, ':');
    if (colon == length || !ends_as_file(inner, length)) {
        return false;
    }
    *body = with_caption(media_body(is_voice_file(inner, length)), line, begin);
    return true;
}

/* The place of the last full-width opening bracket, or `n`. */
static size_t last_wide_open(const char *line, size_t n)
{
    for (size_t i = n - 3; i > 0; i--) {
        if (memcmp(line + i, "\xEF\xBC\x88", 3) == 0) {
            return i;
        }
    }
    return n;
}

/* Android: "IMG-20240131-WA0007.jpg (file attached)", in any language for the app's
 * own names, else where the words are known. */
static bool read_attached_android(const char *line, size_t n, ebb_wa_body_t *body)
{
    size_t wide = n > 6 && ends_with(line, n, WIDE_CLOSE) ? 2 : 0;
    if (n < 6 || (line[n - 1] != ')' && !wide)) {
        return false;
    }
    size_t open = wide ? last_wide_open(line, n) : last_of(line, n, '(');
    if (open == n) {
        return false;
    }
    size_t from = skip_marks(line, n);
    size_t to = skip_marks_back(line, open);
    if (to <= from || !ends_as_file(line + from, to - from)) {
        return false;
    }
    const char *words = line + open + 1 + wide;
    size_t length = (size_t)(line + n - words) - 1 - wide;
    bool known = is_apps_file(line + from, to - from);
    for (size_t i = skip_marks(words, length); !known && i < length;) {
        known = find_row(words + i, length - i, EBB_WA_TAIL, EBB_KIND_OTHER) != NULL;
        break;
    }
    if (known) {
        *body = media_body(is_voice_file(line + from, to - from));
        body->title_follows = true;
    }
    return known;
}

size_t ebb_wa_strip_edited(const ebb_wa_index_t *index, const char *line, size_t n,
                           uint16_t *flags)
{
    size_t begin = last_of(line, n, '<');
    if (n < 6 || line[n - 1] != '>' || begin == n) {
        return n;
    }
    normal_line_t sign;
    normalise(&sign, line + begin, n - begin);
    bool marked = begin >= MARK_SIZE && memcmp(line + begin - MARK_SIZE, MARK, 3) == 0;
    bool known =
        sign.in_angles && find_whole(index, sign.text, sign.length, EBB_WA_TAIL);
    /* in a language that is not listed: the app's mark before it, a text before that */
    bool guessed = marked && begin > MARK_SIZE && sign.in_angles &&
                   !memchr(sign.text, ':', sign.length) &&
                   skip_marks_back(line, begin) > 0;
    if (!known && !guessed) {
        return n;
    }
    *flags |= EBB_FLAG_EDITED;
    return skip_marks_back(line, begin);
}

/* ---- the app's own lines ---- */

static ebb_wa_body_t of_row(const ebb_wa_sentence_t *row)
{
    return (ebb_wa_body_t){.kind = row->kind,
                           .flags = row->flags,
                           .nobodys = row->kind == EBB_KIND_SYSTEM,
                           .empty_so_far = true,
                           .title_follows = row->kind == EBB_KIND_MEDIA};
}

/* "Voice call, 5 min" or "Voice call, No answer". More words than that may be a
 * person's ("Voice call later?"), where the mark means nothing. */
static bool read_call(const normal_line_t *line, ebb_wa_body_t *body)
{
    const ebb_wa_sentence_t *row =
        find_row(line->text, line->length, EBB_WA_BEGIN, EBB_KIND_MISSED_CALL);
    if (!row) {
        row = find_row(line->text, line->length, EBB_WA_BEGIN, EBB_KIND_CALL);
    }
    if (!row) {
        return false;
    }
    *body = of_row(row);
    body->by_mark = line->length > strlen(row->text) && !line->marked_within;
    if (find_row(line->text, line->length, EBB_WA_WITHIN, EBB_KIND_MISSED_CALL)) {
        body->kind = EBB_KIND_MISSED_CALL;
    }
    return true;
}

/* What a row says of a line that is the app's by nothing but its mark. */
static ebb_wa_body_t marked_row(const ebb_wa_sentence_t *row)
{
    ebb_wa_body_t body = of_row(row);
    body.by_mark = true;
    return body;
}

/* A line the app marked as its own, of no whole sentence that is known. */
static ebb_wa_body_t read_marked(const normal_line_t *line)
{
    ebb_wa_body_t body = {.kind = EBB_KIND_OTHER, .empty_so_far = true};
    if (read_call(line, &body)) {
        return body;
    }
    /* before the chat's own: "... view once message. For added privacy, ..." */
    const ebb_wa_sentence_t *once =
        find_row(line->text, line->length, EBB_WA_WITHIN, EBB_KIND_MEDIA);
    if (once || find_row(line->text, line->length, EBB_WA_TAIL, EBB_KIND_MEDIA)) {
        bool voice =
            find_row(line->text, line->length, EBB_WA_WITHIN, EBB_KIND_VOICE) != NULL;
        body = media_body(voice);
        body.flags = once ? once->flags : 0;
        body.by_mark = true;
        return body;
    }
    const ebb_wa_sentence_t *row =
        find_row(line->text, line->length, EBB_WA_BEGIN, EBB_KIND_COUNT);
    row =
        row ? row : find_row(line->text, line->length, EBB_WA_WITHIN, EBB_KIND_SYSTEM);
    if (row) {
        return marked_row(row);
    }
    body.unknown = true;
    return body;
}

static bool is_place(const char *line, size_t n)
{
    return n < 400 && holds(line, n, "://maps.google.com/?q=");
}

/* A place with a name, where the line is marked. */
static bool is_named_place(const normal_line_t *normal, const char *line, size_t n)
{
    return n < 400 && normal->marked && holds(line, n, "(https://foursquare.com/v/");
}

/* iOS: "caption (mark) image omitted"; only a whole sentence after the last mark. */
static bool read_omitted_tail(const ebb_wa_index_t *index, const char *line, size_t n,
                              ebb_wa_body_t *body)
{
    size_t at = n;
    for (const char *p = line; (p = memchr(p, 0xE2, (size_t)(line + n - p))); p++) {
        if (p > line && line + n - p > MARK_SIZE && memcmp(p, MARK, MARK_SIZE) == 0) {
            at = (size_t)(p - line) + MARK_SIZE;
        }
    }
    if (at == n || n - at > NORMAL_MAX) {
        return false;
    }
    normal_line_t tail;
    normalise(&tail, line + at, n - at);
    const ebb_wa_sentence_t *row =
        find_whole(index, tail.text, tail.length, EBB_WA_WHOLE);
    if (!row || (row->kind != EBB_KIND_MEDIA && row->kind != EBB_KIND_VOICE)) {
        return false;
    }
    *body = with_caption(of_row(row), line, at - MARK_SIZE);
    return true;
}

/* Whether "name.jpg (" stands before the closing bracket at the end. */
static bool has_file_before(const char *line, size_t n)
{
    size_t open = n - 1;
    while (open > 0 && n - open < BRACKET_MAX && line[open] != '(') {
        open--;
    }
    if (line[open] != '(') {
        return false; /* most likely a smile */
    }
    size_t to = skip_marks_back(line, open);
    return ends_as_file(line, to);
}

/* Whether the cheap signs allow that the app says something here. */
static inline bool may_be_apps(const ebb_wa_index_t *index, const char *line, size_t n)
{
    if (n < 4) {
        return false;
    }
    unsigned char first = (unsigned char)line[0], last = (unsigned char)line[n - 1];
    return begins_as_one(index, line, n) || first == '<' || last == '>' ||
           (last == ')' && has_file_before(line, n)) ||
           (first == 0xE2 && is_mark_at(line, n)) ||
           (last == 0x89 && ends_with(line, n, WIDE_CLOSE));
}

static ebb_wa_body_t place_body(void)
{
    return (ebb_wa_body_t){
        .kind = EBB_KIND_OTHER, .flags = EBB_FLAG_LOCATION, .empty_so_far = true};
}

/* What a line is that has nothing but its mark to tell it from a text; the text is
 * handed on beside it. `whole`: the sentence that it is and that needs the mark. */
static ebb_wa_body_t read_by_mark(const normal_line_t *normal,
                                  const ebb_wa_sentence_t *whole, const char *line,
                                  size_t n)
{
    ebb_wa_body_t body;
    if (whole && normal->marked) {
        body = marked_row(whole);
    } else if (is_named_place(normal, line, n)) {
        body = place_body();
        body.by_mark = true;
    } else {
        body = read_marked(normal);
    }
    if (!normal->marked) { /* U+200F, with which people's texts begin as well */
        body.by_mark = false;
        body.kind = body.unknown ? EBB_KIND_TEXT : body.kind;
    }
    if (body.by_mark || body.unknown) {
        body.text = line;
        body.length = n;
    }
    body.unknown = body.unknown && normal->marked;
    return body;
}

static ebb_wa_body_t read_carefully(const ebb_wa_index_t *index, const char *line,
                                    size_t n)
{
    ebb_wa_body_t body = {.kind = EBB_KIND_TEXT, .text = line, .length = n};
    if (read_attached_ios(line, n, &body) || read_attached_android(line, n, &body)) {
        return body;
    }
    normal_line_t normal;
    normalise(&normal, line, n);
    const ebb_wa_sentence_t *row =
        normal.overlong ? NULL
                        : find_whole(index, normal.text, normal.length, EBB_WA_WHOLE);
    if (!row && normal.in_angles) { /* nothing but the sign that it was edited */
        row = find_whole(index, normal.text, normal.length, EBB_WA_TAIL);
    }
    const ebb_wa_sentence_t *whole = row;
    if (whole && !(whole->flags & EBB_FLAG_FORWARDED)) {
        return of_row(whole);
    }
    if (is_place(line, n)) {
        return place_body();
    }
    if (normal.in_angles) {
        return media_body(false); /* a placeholder in a language that is not listed */
    }
    row = n < ABOUT_MIN ? NULL : find_begin(index, normal.text, normal.length);
    if (row && row->kind != EBB_KIND_CALL && row->kind != EBB_KIND_MISSED_CALL) {
        return of_row(row);
    }
    return normal.marked || normal.marked_rtl ? read_by_mark(&normal, whole, line, n)
                                              : body;
}

/* A place ends in a coordinate. */
static inline bool ends_in_digit(const char *line, size_t n)
{
    return n >= 4 && line[n - 1] >= '0' && line[n - 1] <= '9';
}

bool ebb_wa_is_plain(const ebb_wa_index_t *index, const char *line, size_t n)
{
    return !may_be_apps(index, line, n) && !ends_in_digit(line, n) &&
           !memchr(line, 0xE2, n);
}

ebb_wa_body_t ebb_wa_read_body(const ebb_wa_index_t *index, const char *line, size_t n)
{
    ebb_wa_body_t body = {.kind = EBB_KIND_TEXT, .text = line, .length = n};
    if (may_be_apps(index, line, n)) {
        body = read_carefully(index, line, n);
    }
    bool text = body.kind == EBB_KIND_TEXT || body.by_mark || body.unknown;
    if (text && ends_in_digit(line, n) && is_place(line, n)) {
        return place_body();
    }
    if (text && body.text && memchr(line, 0xE2, n)) {
        (void)read_omitted_tail(index, line, n, &body);
    }
    return body;
}

bool ebb_wa_is_about_chat(const char *line, size_t n)
{
    normal_line_t normal;
    normalise(&normal, line, n);
    return find_row(normal.text, normal.length, EBB_WA_BEGIN, EBB_KIND_SYSTEM) != NULL;
}

uint8_t ebb_wa_notice(const char *line, size_t n)
{
    normal_line_t normal;
    ebb_wa_body_t body;
    normalise(&normal, line, n);
    if (read_call(&normal, &body)) {
        return body.kind;
    }
    bool known = find_row(normal.text, normal.length, EBB_WA_BEGIN, EBB_KIND_SYSTEM) ||
                 find_row(normal.text, normal.length, EBB_WA_WITHIN, EBB_KIND_SYSTEM);
    return known ? EBB_KIND_SYSTEM : EBB_KIND_COUNT;
}
