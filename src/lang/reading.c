/* SPDX-License-Identifier: MIT
 * Names by hashing, and problems with their lines. */
#include "lang/reading.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/bytes.h"
#include "core/fail.h"

#define NAMES_FIRST_TABLE 512u
#define PROBLEM_BEFORE 100u /* bytes of a long line that are shown */
#define PROBLEM_BEHIND 100u

static const struct {
    const char *spelling;
    uint8_t kind;
    uint8_t arguments;
} reading_words[EBB_WORD_COUNT] = {
#define EBB_WORD_ROW(name, spelling, kind, arguments) {spelling, kind, arguments},
    EBB_WORD_LIST(EBB_WORD_ROW)
#undef EBB_WORD_ROW
};

ebb_word_kind_t ebb_word_kind(uint32_t name)
{
    return name < EBB_WORD_COUNT ? (ebb_word_kind_t)reading_words[name].kind
                                 : EBB_IS_FREE;
}

bool ebb_word_is_order(uint32_t name)
{
    static const ebb_word_t words[] = {EBB_WORD_RUN,   EBB_WORD_SET,   EBB_WORD_START,
                                       EBB_WORD_AT,    EBB_WORD_FROM,  EBB_WORD_RAMP,
                                       EBB_WORD_EVERY, EBB_WORD_FACTS, EBB_WORD_EXPECT};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (name == (uint32_t)words[i]) {
            return true;
        }
    }
    return false;
}

int ebb_word_arguments(uint32_t name)
{
    return name < EBB_WORD_COUNT ? reading_words[name].arguments : 0;
}

void ebb_reading_fail(ebb_reading_t *reading, int code)
{
    if (!reading->failed) {
        reading->failed = code;
    }
}

void *ebb_reading_push(ebb_reading_t *reading, ebb_list_t *list, size_t size)
{
    void *item = reading->failed ? NULL : ebb_list_push(list, reading->alloc, size);
    if (!item) {
        ebb_reading_fail(reading, EBB_ERR_MEMORY);
    }
    return item;
}

void *ebb_reading_new(ebb_reading_t *reading, size_t count, size_t size)
{
    void *items =
        count > SIZE_MAX / size ? NULL : ebb_arena_new(&reading->arena, count * size);
    if (!items) {
        ebb_reading_fail(reading, EBB_ERR_MEMORY);
    }
    return items;
}

/* --- names ------------------------------------------------------------------------ */

static uint32_t name_hash(const char *bytes, size_t length)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (unsigned char)bytes[i]) * 16777619u;
    }
    return hash ^ hash >> 15;
}

const char *ebb_name(const ebb_reading_t *reading, uint32_t name)
{
    return name < reading->names.strings.count
               ? ((const char **)reading->names.strings.items)[name]
               : "";
}

static size_t name_place(const ebb_reading_t *reading, const char *bytes, size_t length)
{
    const ebb_names_t *names = &reading->names;
    size_t mask = names->_table_size - 1;
    size_t at = name_hash(bytes, length) & mask;
    for (; names->_table[at]; at = (at + 1) & mask) {
        if (ebb_bytes_are(bytes, length, ebb_name(reading, names->_table[at] - 1))) {
            break;
        }
    }
    return at;
}

static int name_widen(ebb_reading_t *reading)
{
    ebb_names_t *names = &reading->names;
    size_t size = names->_table_size ? names->_table_size * 2 : NAMES_FIRST_TABLE;
    uint32_t *table = ebb_new_array(reading->alloc, size, sizeof *table);
    if (!table) {
        return EBB_ERR_MEMORY;
    }
    ebb_free_array(reading->alloc, names->_table, names->_table_size, sizeof *table);
    names->_table = table;
    names->_table_size = size;
    for (size_t i = 0; i < names->strings.count; i++) {
        const char *string = ebb_name(reading, (uint32_t)i);
        table[name_place(reading, string, strlen(string))] = (uint32_t)i + 1;
    }
    return EBB_OK;
}

uint32_t ebb_name_of(ebb_reading_t *reading, const char *bytes, size_t length)
{
    ebb_names_t *names = &reading->names;
    if (!reading->failed && names->strings.count * 2 >= names->_table_size &&
        name_widen(reading)) {
        ebb_reading_fail(reading, EBB_ERR_MEMORY);
    }
    if (reading->failed) {
        return 0;
    }
    size_t place = name_place(reading, bytes, length);
    if (names->_table[place]) {
        return names->_table[place] - 1;
    }
    char *copy = ebb_arena_text(&reading->arena, bytes, length);
    const char **slot = ebb_reading_push(reading, &names->strings, sizeof *slot);
    if (!copy || !slot) {
        ebb_reading_fail(reading, EBB_ERR_MEMORY);
        return 0;
    }
    *slot = copy;
    names->_table[place] = (uint32_t)names->strings.count;
    return (uint32_t)names->strings.count - 1;
}

void ebb_reading_init(ebb_reading_t *reading, const ebb_alloc_t *alloc)
{
    *reading = (ebb_reading_t){
        .alloc = alloc, .text = "", .label = "", .arena = {.alloc = alloc}};
    for (int i = 0; i < EBB_WORD_COUNT; i++) {
        const char *word = reading_words[i].spelling;
        (void)ebb_name_of(reading, word, strlen(word));
    }
}

void ebb_reading_free(ebb_reading_t *reading)
{
    if (reading->alloc) {
        ebb_free_array(reading->alloc, reading->names._table,
                       reading->names._table_size, sizeof *reading->names._table);
        ebb_list_free(&reading->names.strings, reading->alloc, sizeof(const char *));
        ebb_list_free(&reading->problems, reading->alloc, sizeof(ebb_problem_t));
        ebb_arena_free(&reading->arena);
    }
    *reading = (ebb_reading_t){0};
}

/* --- problems --------------------------------------------------------------------- */

__attribute__((format(printf, 2, 0))) static const char *
problem_print(ebb_reading_t *reading, const char *format, va_list args)
{
    char buffer[400];
    int length = vsnprintf(buffer, sizeof buffer, format, args);
    length = length < 0 ? 0 : length;
    size_t kept = (size_t)length < sizeof buffer ? (size_t)length : sizeof buffer - 1;
    const char *copy = ebb_arena_text(&reading->arena, buffer, kept);
    if (!copy) {
        ebb_reading_fail(reading, EBB_ERR_MEMORY);
    }
    return copy ? copy : "";
}

const char *ebb_reading_print(ebb_reading_t *reading, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = problem_print(reading, format, args);
    va_end(args);
    return text;
}

static bool problem_known(const ebb_reading_t *reading, ebb_where_t where)
{
    const ebb_problem_t *problems = reading->problems.items;
    for (size_t i = 0; i < reading->problems.count; i++) {
        if (problems[i].where.offset == where.offset) {
            return true; /* one is enough at one place; what follows it is noise */
        }
    }
    return false;
}

__attribute__((format(printf, 4, 0))) static void
problem_add(ebb_reading_t *reading, ebb_where_t where, bool warning, const char *format,
            va_list args)
{
    reading->full |= reading->errors >= EBB_LANG_ERRORS_MOST;
    reading->_taken = false;
    if (reading->failed || reading->full || problem_known(reading, where) ||
        (warning && reading->warnings >= EBB_LANG_ERRORS_MOST)) {
        return;
    }
    ebb_problem_t *problem =
        ebb_reading_push(reading, &reading->problems, sizeof *problem);
    if (problem) {
        *problem = (ebb_problem_t){.where = where, .warning = warning, .fix = ""};
        problem->text = problem_print(reading, format, args);
        reading->errors += !warning;
        reading->warnings += warning;
        reading->_taken = true;
    }
}

void ebb_wrong(ebb_reading_t *reading, ebb_where_t where, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    problem_add(reading, where, false, format, args);
    va_end(args);
}

void ebb_warn(ebb_reading_t *reading, ebb_where_t where, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    problem_add(reading, where, true, format, args);
    va_end(args);
}

void ebb_reading_limit(ebb_reading_t *reading, ebb_where_t where, const char *format,
                       ...)
{
    va_list args;
    va_start(args, format);
    reading->full = false;
    reading->errors = 0;
    problem_add(reading, where, false, format, args);
    va_end(args);
    if (reading->_taken) {
        ((ebb_problem_t *)reading->problems.items)[reading->problems.count - 1].limit =
            true;
    }
    ebb_reading_fail(reading, EBB_ERR_LIMIT);
}

void ebb_mend(ebb_reading_t *reading, const char *format, ...)
{
    ebb_problem_t *problems = reading->problems.items;
    if (reading->failed || !reading->_taken) {
        return;
    }
    ebb_problem_t *last = &problems[reading->problems.count - 1];
    if (last->fix[0] == '\0') {
        va_list args;
        va_start(args, format);
        last->fix = problem_print(reading, format, args);
        va_end(args);
    }
}

static int problem_order(const void *x, const void *y)
{
    const ebb_problem_t *a = x, *b = y;
    return a->where.offset < b->where.offset ? -1 : a->where.offset > b->where.offset;
}

static unsigned char reading_byte(const ebb_reading_t *reading, size_t at)
{
    return at < reading->size ? (unsigned char)reading->text[at] : 0;
}

uint32_t ebb_reading_utf8(const ebb_reading_t *reading, size_t at)
{
    unsigned char c = reading_byte(reading, at), d = reading_byte(reading, at + 1);
    if (c < 0x80) {
        return at < reading->size;
    }
    if (c < 0xC2 || c > 0xF4) {
        return 0;
    }
    uint32_t n = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
    for (uint32_t i = 1; i < n; i++) {
        if ((reading_byte(reading, at + i) & 0xC0) != 0x80) {
            return 0;
        }
    }
    bool misfit = (c == 0xE0 && d < 0xA0) || (c == 0xED && d > 0x9F) ||
                  (c == 0xF0 && d < 0x90) || (c == 0xF4 && d > 0x8F);
    return misfit ? 0 : n;
}

bool ebb_reading_is_control(const ebb_reading_t *reading, size_t at)
{
    unsigned char c = reading_byte(reading, at);
    return (c < 0x20 && c != '\t') || c == 0x7F ||
           (c == 0xC2 && reading_byte(reading, at + 1) < 0xA0);
}

/* One character of a line, as it may be shown: no control characters, no broken UTF-8.
 * Returns how many bytes of the text it was. */
static uint32_t problem_character(const ebb_reading_t *reading, size_t at,
                                  ebb_text_t *report)
{
    uint32_t length = ebb_reading_utf8(reading, at);
    if (length == 0 || ebb_reading_is_control(reading, at)) {
        ebb_text_puts(report, "?");
    } else {
        ebb_text_append(report, reading->text + at, length);
    }
    return length ? length : 1;
}

/* Of a long line, what is near the place. */
static void problem_line(const ebb_reading_t *reading, size_t at, size_t *begin,
                         size_t *end)
{
    const char *text = reading->text;
    *begin = *end = at;
    while (*begin > 0 && text[*begin - 1] != '\n' && at - *begin < PROBLEM_BEFORE) {
        --*begin;
    }
    while (*begin < at && ((unsigned char)text[*begin] & 0xC0) == 0x80) {
        ++*begin;
    }
    while (*end < reading->size && text[*end] != '\n' && text[*end] != '\r' &&
           *end - at < PROBLEM_BEHIND) {
        ++*end;
    }
}

/* The line of a problem and a caret under the place. */
static void problem_show(const ebb_reading_t *reading, const ebb_problem_t *problem,
                         ebb_text_t *report)
{
    size_t at = problem->where.offset, begin, end;
    problem_line(reading, at, &begin, &end);
    ebb_text_puts(report, "    ");
    for (size_t i = begin; i < end;) {
        i += problem_character(reading, i, report);
    }
    ebb_text_puts(report, "\n    ");
    for (size_t i = begin; i < at;) {
        ebb_text_puts(report, reading->text[i] == '\t' ? "\t" : " ");
        uint32_t length = ebb_reading_utf8(reading, i);
        i += length ? length : 1;
    }
    size_t stop = at + problem->where.length;
    do { /* at least one */
        ebb_text_puts(report, "^");
        uint32_t length = ebb_reading_utf8(reading, at);
        at += length ? length : 1;
    } while (at < stop && at < end);
    ebb_text_puts(report, "\n");
}

/* Where a problem is for a reader: in the file, or in what was joined to it. */
static ebb_place_t problem_place(const ebb_reading_t *reading, ebb_where_t where)
{
    bool joined = reading->joint && where.offset >= reading->joint;
    return (ebb_place_t){joined ? reading->joint_label : reading->label,
                         where.line - (joined ? reading->joint_line : 0), where.column};
}

void ebb_reading_report(ebb_reading_t *reading, ebb_text_t *report)
{
    ebb_problem_t *problems = reading->problems.items;
    size_t count = reading->problems.count;
    if (count) {
        qsort(problems, count, sizeof *problems, problem_order);
    }
    for (size_t i = 0; i < count; i++) {
        const ebb_problem_t *problem = &problems[i];
        ebb_place_t place = problem_place(reading, problem->where);
        ebb_text_printf(report, "%s:%u:%u: %s: ", place.where, (unsigned)place.line,
                        (unsigned)place.column, problem->warning ? "warning" : "error");
        ebb_text_puts(report, problem->text);
        ebb_text_puts(report, "\n");
        problem_show(reading, problem, report);
        if (problem->fix[0]) {
            ebb_text_printf(report, "    %s\n", problem->fix);
        }
    }
    if (reading->full) {
        ebb_text_printf(report, "%s: more than %d errors; mend these first\n",
                        reading->label, EBB_LANG_ERRORS_MOST);
    }
}

int ebb_reading_outcome(ebb_reading_t *reading, ebb_error_t *error)
{
    const ebb_problem_t *problems = reading->problems.items, *first = NULL;
    for (size_t i = 0; i < reading->problems.count; i++) {
        bool before =
            !first || (!first->limit && problems[i].where.offset < first->where.offset);
        if (!problems[i].warning && (before || problems[i].limit)) {
            first = &problems[i];
        }
    }
    int code = reading->failed ? reading->failed : EBB_ERR_INPUT;
    if (!first || reading->failed == EBB_ERR_MEMORY) {
        return reading->failed ? ebb_fail(error, code, "%s", ebb_strerror(code))
                               : EBB_OK;
    }
    return ebb_fail_at(error, code, problem_place(reading, first->where), "%s%s%s",
                       first->text, first->fix[0] ? "; " : "", first->fix);
}
