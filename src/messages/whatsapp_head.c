/* SPDX-License-Identifier: MIT
 *
 * The head of a WhatsApp message: date, time, and the sign after which the name begins.
 *
 *     29.01.18, 12:24 - Ann: hi                Android, 24 hours
 *     [1/29/18, 12:24:03 PM] Ann: hi           iOS, 12 hours
 *     20. 5. 4. 오후 11:04 - Ann: hi           Android, Korean
 *     ٤‏/٥‏/٢٠٢٠، ١١:٠٤ م - Ann: hi             Android, Arabic
 *     2017年6月1日 下午11:04 - Ann: hi         Android, Chinese, dates in words
 *
 * Two parsers. The quick one knows the forms in ASCII that nearly all exports have. The
 * patient one reads a head as numbers with gaps between them, in any script's digits,
 * and asks of each gap what it may be: a separator, a word for the half of the day, a
 * filler. Neither decides which number is the day: that is whatsapp_date.c.
 */
#include <string.h>
#include <unicode/uchar.h>

#include "messages/whatsapp.h"

#define NUMBERS_MAX 6
#define GAP_MAX 48   /* bytes between two numbers */
#define HEAD_MAX 160 /* bytes of the longest head */
#define DIGITS_MAX 4

bool ebb_wa_is_some_date(const uint16_t field[3], unsigned style)
{
    for (int i = 0; i < 3; i++) {
        bool year = (style & EBB_WA_YEAR_FIRST && i == 0) ||
                    (style & EBB_WA_YEAR_LAST && i == 2);
        if (year ? field[i] < 1000 : field[i] > 99) {
            return false;
        }
    }
    const uint16_t *f = field;
    bool first = !(style & EBB_WA_YEAR_LAST) && f[1] >= 1 && f[2] >= 1 && f[1] <= 31 &&
                 f[2] <= 31 && (f[1] <= 12 || f[2] <= 12);
    bool last = !(style & EBB_WA_YEAR_FIRST) && f[0] >= 1 && f[1] >= 1 && f[0] <= 31 &&
                f[1] <= 31 && (f[0] <= 12 || f[1] <= 12);
    return first || last;
}

/* ---- the quick parser ---- */

/* Reads digits at `*p`, at most `most`; their number, 0 when there is none. */
static inline unsigned take_digits(const char **p, unsigned most, unsigned *value)
{
    unsigned n = 0, v = 0, d;
    while (n < most && (d = (unsigned char)**p - (unsigned)'0') < 10) {
        v = v * 10 + d;
        n++;
        (*p)++;
    }
    *value = v;
    return n;
}

static inline bool take_char(const char **p, char c)
{
    bool is = **p == c;
    *p += is;
    return is;
}

/* One of the spaces that stand before AM: plain, no-break, narrow no-break, thin. */
static inline size_t space_at(const char *p)
{
    if (*p == ' ') {
        return 1;
    }
    if (memcmp(p, "\xC2\xA0", 2) == 0) {
        return 2;
    }
    return memcmp(p, "\xE2\x80\xAF", 3) == 0 || memcmp(p, "\xE2\x80\x89", 3) == 0 ? 3
                                                                                  : 0;
}

/* Reads "AM", "p.m.", "p. m." in any case with a space before it. */
static inline ebb_wa_half_t take_half(const char **at)
{
    const char *p = *at + space_at(*at);
    char letter = (char)(*p | 0x20);
    if (letter != 'a' && letter != 'p') {
        return EBB_WA_NO_HALF;
    }
    p++;
    bool dots = take_char(&p, '.');
    p += dots ? space_at(p) : 0;
    if ((*p | 0x20) != 'm') {
        return EBB_WA_NO_HALF;
    }
    p++;
    if (dots) {
        (void)take_char(&p, '.');
    }
    *at = p;
    return letter == 'a' ? EBB_WA_AM : EBB_WA_PM;
}

static inline bool take_date(const char **p, uint16_t field[3], unsigned *style)
{
    unsigned n[3], value[3];
    n[0] = take_digits(p, 4, &value[0]);
    char sign = **p;
    if (n[0] == 0 || (sign != '/' && sign != '.' && sign != '-')) {
        return false;
    }
    (*p)++;
    n[1] = take_digits(p, 2, &value[1]);
    if (n[1] == 0 || !take_char(p, sign)) {
        return false;
    }
    n[2] = take_digits(p, 4, &value[2]);
    for (int i = 0; i < 3; i++) {
        field[i] = (uint16_t)value[i];
    }
    *style |= (sign == '.'   ? EBB_WA_DOT
               : sign == '-' ? EBB_WA_DASH
                             : 0u) |
              (n[0] == 4 ? EBB_WA_YEAR_FIRST : 0u) |
              (n[2] == 4 ? EBB_WA_YEAR_LAST : 0u);
    return n[2] != 0 && n[0] != 3 && n[2] != 3 && (n[0] >= 2 || n[2] >= 2);
}

static inline bool take_time(const char **p, ebb_wa_head_t *head, unsigned *style)
{
    unsigned hour, minute, second = 0;
    if (take_digits(p, 2, &hour) == 0 || !take_char(p, ':') ||
        take_digits(p, 2, &minute) != 2) {
        return false;
    }
    if (**p == ':' && (*p)[1] >= '0' && (*p)[1] <= '9') {
        (*p)++;
        if (take_digits(p, 2, &second) != 2) {
            return false;
        }
        *style |= EBB_WA_SECONDS;
    }
    ebb_wa_half_t half = take_half(p);
    *style |= half != EBB_WA_NO_HALF ? EBB_WA_HALF_DAYS : 0u;
    hour = ebb_wa_hour(hour, (uint8_t)half);
    head->half = (uint8_t)half;
    head->second_s = (int32_t)(hour * 3600 + minute * 60 + second);
    return hour < 24 && minute < 60 && second < 60;
}

/* Reads the sign between the head and the name. */
static inline bool take_end(const char **p, unsigned *style)
{
    if (*style & EBB_WA_BRACKET) {
        return take_char(p, ']') && take_char(p, ' ');
    }
    if (memcmp(*p, " - ", 3) == 0) {
        *p += 3;
        return true;
    }
    *style |= EBB_WA_COLON;
    return take_char(p, ':') && take_char(p, ' ');
}

/* The bytes after the line are no digit or sign of a head before its '\n' or NUL, so
 * that reading on is harmless; what was read beyond is refused by its length. */
static bool head_quickly(const char *line, size_t n, ebb_wa_head_t *head)
{
    const char *p = line;
    unsigned style = take_char(&p, '[') ? EBB_WA_BRACKET : 0;
    if (!take_date(&p, head->field, &style)) {
        return false;
    }
    style |= take_char(&p, ',') ? EBB_WA_COMMA : 0u;
    if (!take_char(&p, ' ') || !take_time(&p, head, &style) || !take_end(&p, &style) ||
        (size_t)(p - line) > n) {
        return false;
    }
    head->style = (uint16_t)style;
    head->length = (size_t)(p - line);
    return ebb_wa_is_some_date(head->field, style);
}

/* ---- the patient parser ---- */

/* A head as numbers and what is between them. */
typedef struct loose_head {
    unsigned number[NUMBERS_MAX];
    unsigned digits[NUMBERS_MAX];
    int count;
    char gap[NUMBERS_MAX + 1][GAP_MAX]; /* gap[i] stands before number i */
    size_t gap_length[NUMBERS_MAX + 1];
    unsigned style;
    size_t length; /* of the head in bytes, the sign after it included */
} loose_head_t;

static bool is_invisible(uint32_t c)
{
    return c == 0x200E || c == 0x200F || c == 0x200B || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x061C || c == 0xFEFF;
}

static bool is_some_space(uint32_t c)
{
    return c == ' ' || c == 0xA0 || c == 0x202F || c == 0x2009 || c == '\t' ||
           c == 0x3000;
}

/* The code point at `p`, its length in bytes in `*length` (1 where broken). */
static uint32_t code_point(const char *p, size_t n, size_t *length)
{
    static const uint8_t lead[5] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    int l = ebb_utf8_length(p, n);
    *length = l ? (size_t)l : 1;
    uint32_t c = l ? (unsigned char)p[0] & lead[l] : 0xFFFD;
    for (int i = 1; i < l; i++) {
        c = c << 6 | ((unsigned char)p[i] & 0x3Fu);
    }
    return c;
}

/* Bytes of invisible marks and spaces at `p`. */
static size_t skip_soft(const char *p, size_t n)
{
    size_t i = 0, length;
    while (i < n) {
        uint32_t c = code_point(p + i, n - i, &length);
        if (!is_invisible(c) && !is_some_space(c)) {
            break;
        }
        i += length;
    }
    return i;
}

/* Bytes of one space at `p`. */
static size_t skip_one_space(const char *p, size_t n)
{
    size_t length;
    return n > 0 && is_some_space(code_point(p, n, &length)) ? length : 0;
}

static size_t skip_invisible(const char *p, size_t n)
{
    size_t i = 0, length;
    while (i < n && is_invisible(code_point(p + i, n - i, &length))) {
        i += length;
    }
    return i;
}

/* Whether the head ends at `p` with " - " or ": "; the bytes of that sign, or 0. */
static size_t plain_name_end(const char *p, size_t n, unsigned *style)
{
    size_t i = skip_soft(p, n), length;
    if (i == n) {
        return 0;
    }
    uint32_t c = code_point(p + i, n - i, &length);
    if ((c == '-' || c == 0x2013) && i > 0) {
        i += length;
        size_t after = skip_one_space(p + i, n - i);
        return after > 0 ? i + after : 0;
    }
    if (c == ':' && i + 1 < n && p[i + 1] == ' ') {
        *style |= EBB_WA_COLON;
        return i + 2;
    }
    return 0;
}

static bool add_to_gap(loose_head_t *loose, const char *p, size_t length)
{
    size_t *used = &loose->gap_length[loose->count];
    if (*used + length > GAP_MAX) {
        return false;
    }
    memcpy(loose->gap[loose->count] + *used, p, length);
    *used += length;
    return true;
}

/* Reads a run of digits of any script. */
static size_t add_number(loose_head_t *loose, const char *p, size_t n)
{
    size_t i = 0, length;
    unsigned value = 0, digits = 0;
    while (i < n && digits <= DIGITS_MAX) {
        int digit = u_charDigitValue((UChar32)code_point(p + i, n - i, &length));
        if (digit < 0) {
            break;
        }
        value = value * 10 + (unsigned)digit;
        digits++;
        i += length;
    }
    if (digits > DIGITS_MAX || loose->count == NUMBERS_MAX) {
        return 0;
    }
    loose->number[loose->count] = value;
    loose->digits[loose->count++] = digits;
    return i;
}

/* The end of the head at `p`: its bytes, or 0 where it goes on. */
static size_t loose_end(loose_head_t *loose, const char *p, size_t n)
{
    if (loose->count < 5) {
        return 0;
    }
    if (!(loose->style & EBB_WA_BRACKET)) {
        return plain_name_end(p, n, &loose->style);
    }
    return *p == ']' ? 1 + skip_one_space(p + 1, n - 1) : 0;
}

/* A head begins with a digit; in brackets also with a word for the half of the day. */
static bool may_begin(const char *p, size_t n, unsigned style)
{
    size_t length;
    uint32_t c = code_point(p, n, &length);
    return u_charDigitValue((UChar32)c) >= 0 || (style & EBB_WA_BRACKET && c >= 0x80);
}

/* Splits a line into numbers and gaps up to the sign before the name. */
static bool split_loosely(const char *line, size_t n, loose_head_t *loose)
{
    size_t i = skip_soft(line, n), length;
    if (i < n && line[i] == '[') {
        loose->style |= EBB_WA_BRACKET;
        i++;
        i += skip_soft(line + i, n - i);
    }
    if (i == n || !may_begin(line + i, n - i, loose->style)) {
        return false;
    }
    while (i < n && i < HEAD_MAX) {
        size_t end = loose_end(loose, line + i, n - i);
        if (end > 0) {
            /* marks before the name belong to the head, marks before a text do not */
            loose->length = i + end;
            return true;
        }
        uint32_t c = code_point(line + i, n - i, &length);
        if (u_charDigitValue((UChar32)c) >= 0) {
            length = add_number(loose, line + i, n - i);
            if (length == 0) {
                return false;
            }
        } else if (c == '\n' || c == '\0' || c == ']') {
            return false;
        } else if (is_some_space(c)) {
            if (!add_to_gap(loose, " ", 1)) {
                return false;
            }
        } else if (!is_invisible(c) && !add_to_gap(loose, line + i, length)) {
            return false;
        }
        i += length;
    }
    return false;
}

static bool gap_is(const loose_head_t *loose, int gap, const char *const *table)
{
    for (; *table; table++) {
        if (strlen(*table) == loose->gap_length[gap] &&
            memcmp(*table, loose->gap[gap], loose->gap_length[gap]) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_time_gap(const loose_head_t *loose, int gap)
{
    static const char *const signs[] = {":", ".", " h ", "h", " : ", " min ", NULL};
    return gap_is(loose, gap, signs);
}

static bool is_date_gap(const loose_head_t *loose, int gap)
{
    static const char *const signs[] = {"/", ".", "-", ". ", " ", "/ ", NULL};
    return gap_is(loose, gap, signs);
}

#define DAY_WORD 3 /* bytes of the word for "day" behind its number */

/* Whether the numbers of a date are followed by the words for year, month and day. */
static bool is_named_date(const loose_head_t *loose, int date)
{
    static const char *const years[] = {"年", "년 ", "년", "年 ", NULL};
    static const char *const months[] = {"月", "월 ", "월", "月 ", NULL};
    const char *behind = loose->gap[date + 3];
    return gap_is(loose, date + 1, years) && gap_is(loose, date + 2, months) &&
           loose->gap_length[date + 3] >= DAY_WORD &&
           (memcmp(behind, "日", DAY_WORD) == 0 || memcmp(behind, "일", DAY_WORD) == 0);
}

/* What the words of a gap say from byte `i` on; commas are noted in the style. */
static ebb_wa_half_t half_of_gap(loose_head_t *loose, int gap, size_t i)
{
    char word[GAP_MAX];
    size_t used = 0;
    const char *text = loose->gap[gap];
    for (; i < loose->gap_length[gap]; i++) {
        unsigned char c = (unsigned char)text[i];
        bool comma = c == ',' || (c == 0xD8 && i + 1 < loose->gap_length[gap] &&
                                  (unsigned char)text[i + 1] == 0x8C);
        if (comma) {
            loose->style |= EBB_WA_COMMA;
            i += c != ',';
        } else if (c != ' ' && c != '.' && c != '-') {
            word[used++] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
        }
    }
    return used ? ebb_wa_half_of(word, used) : EBB_WA_FILLER;
}

/* Takes date and time out of the numbers; false when they do not fit. */
static bool settle_loosely(loose_head_t *loose, ebb_wa_head_t *head)
{
    bool time_first = is_time_gap(loose, 1) && loose->gap[1][0] == ':';
    bool seconds = loose->count == 6;
    int time = time_first ? 0 : 3;
    int date = time_first ? loose->count - 3 : 0;
    bool named = !time_first && is_named_date(loose, date);
    bool dated =
        named || (is_date_gap(loose, date + 1) && is_date_gap(loose, date + 2));
    if (!is_time_gap(loose, time + 1) || (seconds && !is_time_gap(loose, time + 2)) ||
        !dated) {
        return false;
    }
    ebb_wa_half_t half = EBB_WA_FILLER;
    int outer[3] = {0, time_first ? date : time, loose->count};
    for (int i = 0; i < 3; i++) {
        bool day_word = named && outer[i] == date + 3;
        ebb_wa_half_t said = half_of_gap(loose, outer[i], day_word ? DAY_WORD : 0);
        if (said == EBB_WA_NO_HALF ||
            (said != EBB_WA_FILLER && half != EBB_WA_FILLER)) {
            return false;
        }
        half = said != EBB_WA_FILLER ? said : half;
    }
    char sign = loose->gap[date + 1][0];
    unsigned hour = ebb_wa_hour(loose->number[time], (uint8_t)half);
    head->half = (uint8_t)half;
    unsigned minute = loose->number[time + 1];
    unsigned second = seconds ? loose->number[time + 2] : 0;
    loose->style |= (half != EBB_WA_FILLER ? EBB_WA_HALF_DAYS : 0u) |
                    (time_first ? EBB_WA_TIME_FIRST : 0u) |
                    (named ? EBB_WA_NAMED : 0u) | (seconds ? EBB_WA_SECONDS : 0u) |
                    (loose->digits[date] == 4 ? EBB_WA_YEAR_FIRST : 0u) |
                    (loose->digits[date + 2] == 4 ? EBB_WA_YEAR_LAST : 0u) |
                    (sign == '.'   ? EBB_WA_DOT
                     : sign == '-' ? EBB_WA_DASH
                                   : 0u);
    for (int i = 0; i < 3; i++) {
        head->field[i] = (uint16_t)loose->number[date + i];
    }
    head->style = (uint16_t)(loose->style | EBB_WA_WORDS);
    head->second_s = (int32_t)(hour * 3600 + minute * 60 + second);
    head->length = loose->length;
    return hour < 24 && minute < 60 && second < 60 && loose->digits[time + 1] <= 2 &&
           ebb_wa_is_some_date(head->field, loose->style);
}

/* A head begins with a digit, a bracket, a mark, or a letter of another script. */
static bool may_be_head(const char *line, size_t n)
{
    unsigned char c = (unsigned char)line[0];
    return n >= 10 && (c == '[' || (c >= '0' && c <= '9') || c >= 0x80 || c == ' ');
}

/* What the marks before a head hide from the quick parser. */
static bool head_after_marks(const char *line, size_t n, ebb_wa_head_t *head)
{
    size_t marks = skip_invisible(line, n);
    if (marks == 0 || n - marks < 10 || !head_quickly(line + marks, n - marks, head)) {
        return false;
    }
    head->length += marks;
    return true;
}

bool ebb_wa_head(const char *line, size_t n, ebb_wa_head_t *head)
{
    if (!may_be_head(line, n)) {
        return false;
    }
    if (head_quickly(line, n, head) || head_after_marks(line, n, head)) {
        return true;
    }
    loose_head_t loose;
    memset(&loose, 0, offsetof(loose_head_t, gap));
    memset(loose.gap_length, 0, sizeof loose.gap_length);
    loose.style = 0;
    loose.length = 0;
    return split_loosely(line, n, &loose) && settle_loosely(&loose, head);
}
