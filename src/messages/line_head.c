/* SPDX-License-Identifier: MIT
 *
 * The lines of LINE's export that begin a day, and those that begin a message.
 *
 *     2024/05/05(日)   2024/05/05（日）   2024.05.05 Sunday   2024/5/5 Sun
 *     Sun, 5/5/2024   Sun, 05/05/2567 BE
 *
 *     20:01<tab>Ana<tab>hi     下午08:01<tab>Ana<tab>hi     8:01 PM<tab>Ana<tab>hi
 *     20:01 Ana hi            (by LINE on a computer)
 */
#include <string.h>

#include "messages/accounts.h"
#include "messages/jsonfeed.h"
#include "messages/line.h"
#include "messages/whatsapp.h"

#define WORD_MAX 32 /* bytes of a weekday, or of a half of the day */
#define BUDDHIST_YEARS 543
#define BUDDHIST_LEAST 2400 /* no chat is of that year */

/* A piece of a line. */
typedef struct ln_piece {
    const char *at, *end;
} ln_piece_t;

static bool take_ln(ln_piece_t *piece, const char *word)
{
    size_t n = strlen(word);
    bool there =
        (size_t)(piece->end - piece->at) >= n && memcmp(piece->at, word, n) == 0;
    piece->at += there ? n : 0;
    return there;
}

/* Takes up to `most` digits; -1 if there are none. */
static int32_t take_ln_number(ln_piece_t *piece, int most)
{
    int32_t value = 0;
    int digits = 0;
    for (; piece->at < piece->end && digits < most; piece->at++, digits++) {
        if (*piece->at < '0' || *piece->at > '9') {
            break;
        }
        value = value * 10 + (*piece->at - '0');
    }
    return digits ? value : -1;
}

static void trim_ln(ln_piece_t *piece)
{
    while (piece->at < piece->end && *piece->at == ' ') {
        piece->at++;
    }
    while (piece->at < piece->end && piece->end[-1] == ' ') {
        piece->end--;
    }
}

/* ---- days ---- */

static const char *const weekday_words[] = {
    "mon", "tue", "wed", "thu", "fri", "sat", "sun",
};

static int english_ln_weekday(const char *word, size_t n)
{
    char begin[3];
    for (size_t i = 0; i < 3; i++) {
        char c = (char)(i < n ? word[i] : '\0');
        begin[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    for (int i = 0; i < 7; i++) {
        if (memcmp(begin, weekday_words[i], 3) == 0) {
            return i;
        }
    }
    return -1;
}

/* A weekday: any short word without digits, tabs and the like. */
static bool note_ln_weekday(ebb_ln_date_t *date, ln_piece_t piece)
{
    trim_ln(&piece);
    size_t n = (size_t)(piece.end - piece.at);
    for (size_t i = 0; i < n; i++) {
        if (strchr("0123456789\t:/.()", piece.at[i]) && i + 1 < n) {
            return false;
        }
    }
    date->word = ebb_account_hash(piece.at, n);
    date->weekday = english_ln_weekday(piece.at, n);
    return n > 0 && n <= WORD_MAX;
}

static bool take_ln_fields(ebb_ln_date_t *date, ln_piece_t *piece, const char *sign)
{
    date->field[0] = take_ln_number(piece, 4);
    bool first = take_ln(piece, sign);
    date->field[1] = take_ln_number(piece, 2);
    bool second = take_ln(piece, sign);
    date->field[2] = take_ln_number(piece, date->year_first ? 2 : 4);
    return date->field[0] >= 0 && first && date->field[1] >= 0 && second &&
           date->field[2] >= 0;
}

/* "2024/05/05(日)" */
static bool read_ln_year_first(ebb_ln_date_t *date, ln_piece_t piece)
{
    const char sign[2] = {(char)(piece.end - piece.at > 4 ? piece.at[4] : '\0'), '\0'};
    date->year_first = true;
    if ((*sign != '/' && *sign != '.' && *sign != '-') ||
        !take_ln_fields(date, &piece, sign)) {
        return false;
    }
    trim_ln(&piece);
    if (take_ln(&piece, "(") || take_ln(&piece, "\xEF\xBC\x88")) {
        ln_piece_t close = piece;
        close.at = close.end - 3 > close.at ? close.end - 3 : close.at;
        bool wide = take_ln(&close, "\xEF\xBC\x89");
        if (!wide && (piece.at == piece.end || piece.end[-1] != ')')) {
            return false;
        }
        piece.end -= wide ? 3 : 1;
    }
    return note_ln_weekday(date, piece);
}

/* "Sun, 5/5/2024" */
static bool read_ln_year_last(ebb_ln_date_t *date, ln_piece_t piece)
{
    size_t n = (size_t)(piece.end - piece.at);
    const char *comma = memchr(piece.at, ',', n < WORD_MAX ? n : WORD_MAX);
    if (!comma || !note_ln_weekday(date, (ln_piece_t){piece.at, comma})) {
        return false;
    }
    piece.at = comma + 1;
    trim_ln(&piece);
    bool fields = take_ln_fields(date, &piece, "/");
    (void)take_ln(&piece, " BE");
    return fields && piece.at == piece.end && date->field[2] > 1000;
}

bool ebb_ln_read_date(const char *line, size_t n, ebb_ln_date_t *date)
{
    ln_piece_t piece = {line, line + n};
    *date = (ebb_ln_date_t){.weekday = -1};
    if (n < 9 || n > 2 * WORD_MAX) {
        return false;
    }
    trim_ln(&piece);
    bool digits = piece.at < piece.end && *piece.at >= '0' && *piece.at <= '9';
    if (!(digits ? read_ln_year_first(date, piece) : read_ln_year_last(date, piece))) {
        return false;
    }
    return ebb_ln_day(date, false) != EBB_LN_NO_DAY ||
           ebb_ln_day(date, true) != EBB_LN_NO_DAY;
}

int64_t ebb_ln_day(const ebb_ln_date_t *date, bool day_first)
{
    const int32_t *f = date->field;
    ebb_date_t day = date->year_first ? (ebb_date_t){f[0], f[1], f[2]}
                     : day_first      ? (ebb_date_t){f[2], f[1], f[0]}
                                      : (ebb_date_t){f[2], f[0], f[1]};
    day.year -= day.year >= BUDDHIST_LEAST ? BUDDHIST_YEARS : 0;
    return ebb_date_is_valid(day) ? ebb_days_from_date(day) : EBB_LN_NO_DAY;
}

/* Whether a day's weekday is the one that the line names. */
static bool fits_ln_weekday(ebb_ln_order_t *order, const ebb_ln_date_t *date, int i)
{
    int64_t day = ebb_ln_day(date, i == 1);
    if (day == EBB_LN_NO_DAY) {
        return false;
    }
    int weekday = ebb_weekday(day);
    if (date->weekday >= 0) {
        return weekday == date->weekday;
    }
    uint64_t *name = &order->names[i][weekday];
    *name = *name ? *name : date->word;
    return *name == date->word;
}

void ebb_ln_order_learn(ebb_ln_order_t *order, const ebb_ln_date_t *date)
{
    order->dates++;
    order->year_first += date->year_first;
    for (int i = 0; i < 2 && !date->year_first; i++) {
        order->against[i] += !fits_ln_weekday(order, date, i);
    }
}

/* ---- messages ---- */

/* The half of the day that a piece names; a filler where it is empty. */
static ebb_wa_half_t ln_half_of(ln_piece_t piece)
{
    char word[WORD_MAX];
    size_t n = 0;
    for (; piece.at < piece.end; piece.at++) {
        char c = *piece.at;
        if (c != ' ' && c != '.') {
            if (n == sizeof word) {
                return EBB_WA_NO_HALF;
            }
            word[n++] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
        }
    }
    return n > 0 ? ebb_wa_half_of(word, n) : EBB_WA_FILLER;
}

/* "20:01", "下午08:01", "8:01 PM" and nothing else; -1 if it is no time. */
static int32_t ln_time_of_day(ln_piece_t piece)
{
    ln_piece_t before = {piece.at, piece.at};
    while (before.end < piece.end && (*before.end < '0' || *before.end > '9')) {
        before.end++;
    }
    piece.at = before.end;
    int32_t hour = take_ln_number(&piece, 2);
    bool colon = take_ln(&piece, ":");
    const char *minutes = piece.at;
    int32_t minute = take_ln_number(&piece, 2);
    if (hour < 0 || hour > 24 || !colon || piece.at != minutes + 2 || minute > 59) {
        return -1;
    }
    ebb_wa_half_t half = ln_half_of(before), other = ln_half_of(piece);
    if (half == EBB_WA_NO_HALF || other == EBB_WA_NO_HALF) {
        return -1;
    }
    half = half == EBB_WA_FILLER ? other : half;
    return (int32_t)ebb_wa_hour((unsigned)hour, (uint8_t)half) * 3600 + minute * 60;
}

/* The end of the time before blanks: at the first blank, or, where a half of the day
 * stands apart, at the second. */
static size_t ln_time_end(const char *line, size_t n, size_t blank, int32_t *second_s)
{
    const char *next = memchr(line + blank + 1, ' ', n - blank - 1);
    if (next) {
        size_t end = (size_t)(next - line);
        *second_s = ln_time_of_day((ln_piece_t){line, line + end});
        if (*second_s >= 0) {
            return end;
        }
    }
    *second_s = ln_time_of_day((ln_piece_t){line, line + blank});
    return blank;
}

bool ebb_ln_read_head(const char *line, size_t n, ebb_ln_head_t *head)
{
    size_t most = n < WORD_MAX ? n : WORD_MAX;
    const char *tab = memchr(line, '\t', most);
    if (tab) {
        size_t end = (size_t)(tab - line);
        *head = (ebb_ln_head_t){.second_s = ln_time_of_day((ln_piece_t){line, tab}),
                                .tabbed = true,
                                .rest = end + 1};
        return head->second_s >= 0;
    }
    const char *blank = memchr(line, ' ', most);
    *head = (ebb_ln_head_t){.second_s = -1};
    if (blank) {
        head->rest = ln_time_end(line, n, (size_t)(blank - line), &head->second_s) + 1;
    }
    return head->second_s >= 0;
}
