/* SPDX-License-Identifier: MIT
 * Rows of tab-separated values. */
#define _POSIX_C_SOURCE 200809L
#include "history_rows.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const verify_rival_names[VERIFY_RIVALS] = {"perseverance", "bursts_4",
                                                       "bursts_6", "starter_70"};

/* Columns of each direction: name, field of ebb_arms_t, its type. */
#define ARM_COLUMNS(X)                            \
    X("verdict", verdict, ebb_verdict_t)          \
    X("reasons", reasons, unsigned)               \
    X("followups", followups, uint64_t)           \
    X("bids", bids, uint64_t)                     \
    X("replies", replies, uint64_t)               \
    X("p", pursuit.value, double)                 \
    X("p_low", pursuit.low, double)               \
    X("p_high", pursuit.high, double)             \
    X("p_se", pursuit_se, double)                 \
    X("second", pursuit_second.value, double)     \
    X("second_low", pursuit_second.low, double)   \
    X("w", withdrawal.value, double)              \
    X("w_low", withdrawal.low, double)            \
    X("w_high", withdrawal.high, double)          \
    X("w_se", withdrawal_se, double)              \
    X("share", loop_share.value, double)          \
    X("share_low", loop_share.low, double)        \
    X("share_high", loop_share.high, double)      \
    X("reply_ks", reply_fit.distance, double)     \
    X("reply_limit", reply_fit.limit, double)     \
    X("follow_ks", followup_fit.distance, double) \
    X("follow_limit", followup_fit.limit, double)

void verify_rows_header(FILE *file)
{
    fprintf(file, "cell\tgenerator\tspan\tseed\thistory\tcouple\tmessages");
    for (int k = 0; k < 2; k++) {
#define ARM_NAME(name, field, type) fprintf(file, "\t%c_%s", 'A' + k, name);
        ARM_COLUMNS(ARM_NAME)
#undef ARM_NAME
    }
    for (int i = 0; i < VERIFY_RIVALS; i++) {
        fprintf(file, "\t%s", verify_rival_names[i]);
    }
    fputc('\n', file);
}

void verify_row_write(FILE *file, const verify_row_t *row)
{
    fprintf(file, "%s\t%s\t%s\t%llu\t%llu\t%d\t%.4g", verify_cells[row->cell].name,
            verify_generators[row->generator].name, verify_span_names[row->span],
            (unsigned long long)row->seed, (unsigned long long)row->history,
            row->couple, row->messages);
    for (int k = 0; k < 2; k++) {
        const ebb_arms_t *arms = &row->arms[k];
#define ARM_WRITE(name, field, type) fprintf(file, "\t%.6g", (double)arms->field);
        ARM_COLUMNS(ARM_WRITE)
#undef ARM_WRITE
    }
    for (int i = 0; i < VERIFY_RIVALS; i++) {
        fprintf(file, "\t%d", row->rivals[i]);
    }
    fputc('\n', file);
}

/* The next tab-separated word of a line, which is cut there; "" after the last. */
static char *next_word(char **line)
{
    char *word = *line, *end = word + strcspn(word, "\t\n");
    *line = *end ? end + 1 : end;
    *end = '\0';
    return word;
}

static int find_span(const char *name)
{
    for (int i = 0; i < VERIFY_SPANS; i++) {
        if (strcmp(verify_span_names[i], name) == 0) {
            return i;
        }
    }
    return -1;
}

static bool read_line(verify_row_t *row, char *line)
{
    *row = (verify_row_t){.cell = verify_find_cell(next_word(&line))};
    row->generator = verify_find_generator(next_word(&line));
    int span = find_span(next_word(&line));
    row->seed = strtoull(next_word(&line), NULL, 10);
    row->history = strtoull(next_word(&line), NULL, 10);
    row->couple = atoi(next_word(&line));
    row->messages = strtod(next_word(&line), NULL);
    for (int k = 0; k < 2; k++) {
        ebb_arms_t *arms = &row->arms[k];
        arms->pursuer = k;
#define ARM_READ(name, field, type) arms->field = (type)strtod(next_word(&line), NULL);
        ARM_COLUMNS(ARM_READ)
#undef ARM_READ
        arms->reply_fit.passes = arms->reply_fit.distance <= arms->reply_fit.limit;
        arms->followup_fit.passes =
            arms->followup_fit.distance <= arms->followup_fit.limit;
    }
    bool whole = true;
    for (int i = 0; i < VERIFY_RIVALS; i++) {
        const char *word = next_word(&line);
        whole = whole && *word;
        row->rivals[i] = atoi(word);
    }
    row->span = span < 0 ? VERIFY_WHOLE : (verify_span_t)span;
    return row->cell >= 0 && row->generator >= 0 && span >= 0 && whole &&
           row->couple >= 0 && row->couple < VERIFY_COUPLES;
}

static bool add_row(verify_rows_t *rows, const verify_row_t *row)
{
    if (rows->count == rows->room) {
        size_t room = rows->room ? 2 * rows->room : 256;
        verify_row_t *list = realloc(rows->list, room * sizeof *list);
        if (!list) {
            return false;
        }
        rows->list = list;
        rows->room = room;
    }
    rows->list[rows->count++] = *row;
    return true;
}

bool verify_rows_read(verify_rows_t *rows, const char *path)
{
    *rows = (verify_rows_t){0};
    FILE *file = fopen(path, "r");
    if (!file) {
        return true;
    }
    char line[4096];
    bool good = true, first = true;
    long whole = 0;
    while (good && fgets(line, sizeof line, file) && strchr(line, '\n')) {
        verify_row_t row;
        good = first || (read_line(&row, line) && add_row(rows, &row));
        first = false;
        whole = ftell(file);
    }
    good = !ferror(file) && good;
    fclose(file);
    return good && truncate(path, whole) == 0;
}

static int by_number(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int compare(const void *x, const void *y)
{
    const verify_row_t *a = x, *b = y;
    int order = a->generator - b->generator;
    order = order ? order : a->cell - b->cell;
    order = order ? order : (int)a->span - (int)b->span;
    order = order ? order : by_number(a->seed, b->seed);
    return order ? order : by_number(a->history, b->history);
}

void verify_rows_sort(verify_rows_t *rows)
{
    if (rows->count > 1) {
        qsort(rows->list, rows->count, sizeof *rows->list, compare);
    }
}
