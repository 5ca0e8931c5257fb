/* SPDX-License-Identifier: MIT
 *
 * Reads a table of messages: RFC 4180 with a first line that names the columns; the
 * separator is whichever of comma, semicolon and tab makes sense of that line.
 *
 * The input goes through a buffer of fixed size. A row is cut into fields where it
 * stands; a row that the buffer's end cuts is moved to its beginning and read on.
 *
 * Invariant: [at, end) are bytes of the buffer not yet taken, `line` is the line of the
 * input that `at` begins; bytes in the buffer are never changed, so that places can be
 * counted after the fact.
 */
#include <stdio.h>
#include <string.h>

#include "core/memory.h"
#include "messages/record.h"

#define CSV_BUFFER ((size_t)1024 * 1024) /* also the longest row */
#define CSV_COLUMNS_MAX 64

typedef struct csv_field {
    size_t from, length; /* in the row, without the quotes around */
    bool doubled;        /* holds doubled quotes */
} csv_field_t;

/* One row cut into fields. */
typedef struct csv_row {
    csv_field_t fields[CSV_COLUMNS_MAX];
    size_t count;  /* fields in the row; the first CSV_COLUMNS_MAX are kept */
    size_t length; /* bytes of the row with its line end */
    bool quoted;   /* some field is: the row may take several lines */
    size_t stray;  /* 1 + place of text behind a closing quote; 0: none */
} csv_row_t;

/* What ends a field that is not quoted, by byte. */
typedef struct csv_stops {
    bool is_stop[256];
    char separator;
} csv_stops_t;

typedef struct csv_reader {
    ebb_import_t *import;
    const ebb_input_t *input;
    ebb_error_t *error;
    ebb_records_t records;
    char *buffer; /* with one byte more, for a line end that the input lacks */
    size_t at, end;
    uint64_t offset; /* of the input, behind the buffer */
    uint64_t line;
    csv_stops_t stops;
    ebb_record_column_t columns[CSV_COLUMNS_MAX]; /* what each place in a row means */
    size_t column_count;
    ebb_text_t closed; /* fields with their doubled quotes closed up */
    csv_row_t row;
    uint64_t first_line, first_column; /* of the first row that was not understood */
    const char *first_reason;
} csv_reader_t;

/* ---- rows ---- */

typedef enum csv_state { CSV_WHOLE, CSV_CUT, CSV_OPEN_QUOTE } csv_state_t;

static csv_stops_t stops_of(char separator)
{
    csv_stops_t stops = {.separator = separator};
    stops.is_stop['\n'] = stops.is_stop['\r'] = true;
    stops.is_stop[(unsigned char)separator] = true;
    return stops;
}

/* The byte behind a field that is not quoted. */
static size_t plain_end(const char *bytes, size_t n, size_t i, const csv_stops_t *stops)
{
    while (i < n && !stops->is_stop[(unsigned char)bytes[i]]) {
        i++;
    }
    return i;
}

/* The byte behind a quoted field's closing quote; n + 1 when it is not there. */
static size_t quoted_end(const char *bytes, size_t n, size_t i, csv_field_t *field)
{
    field->from = ++i;
    while (i < n) {
        const char *quote = memchr(bytes + i, '"', n - i);
        if (!quote) {
            return n + 1;
        }
        i = (size_t)(quote - bytes) + 1;
        if (i >= n || bytes[i] != '"') {
            field->length = i - 1 - field->from;
            return i;
        }
        field->doubled = true;
        i++;
    }
    return n + 1;
}

/* Cuts the bytes into the fields of one row. */
static csv_state_t cut_row(csv_row_t *row, const char *bytes, size_t n,
                           const csv_stops_t *stops)
{
    size_t i = 0;
    row->count = row->stray = 0;
    row->quoted = false;
    for (;;) {
        csv_field_t field = {.from = i};
        if (i < n && bytes[i] == '"') {
            row->quoted = true;
            size_t behind = quoted_end(bytes, n, i, &field);
            i = behind > n ? n + 1 : plain_end(bytes, n, behind, stops);
            if (behind < i && behind <= n && row->stray == 0) {
                row->stray = behind + 1;
            }
        } else {
            i = plain_end(bytes, n, i, stops);
            field.length = i - field.from;
        }
        if (i > n) {
            return CSV_OPEN_QUOTE;
        }
        if (row->count < CSV_COLUMNS_MAX) {
            row->fields[row->count] = field;
        }
        row->count++;
        if (i >= n || (bytes[i] == '\r' && i + 1 >= n)) {
            return CSV_CUT;
        }
        if (bytes[i] != stops->separator) {
            bool crlf = bytes[i] == '\r' && bytes[i + 1] == '\n';
            row->length = i + 1 + crlf;
            return CSV_WHOLE;
        }
        i++;
    }
}

/* The place of a byte of the row that `at` begins. */
static ebb_place_t row_place(const csv_reader_t *csv, size_t i)
{
    ebb_place_t place = {
        .where = csv->input->label, .line = csv->line, .column = i + 1};
    const char *row = csv->buffer + csv->at;
    for (size_t k = 0; k < i; k++) {
        if (row[k] == '\n') {
            place.line++;
            place.column = i - k;
        }
    }
    return place;
}

static void leave_row(csv_reader_t *csv)
{
    const char *row = csv->buffer + csv->at;
    size_t n = csv->row.length;
    csv->line++;
    if (csv->row.quoted) {
        const char *end = row + n - 1; /* its last byte ends the row's last line */
        while ((row = memchr(row, '\n', (size_t)(end - row))) != NULL) {
            row++;
            csv->line++;
        }
    }
    csv->at += n;
}

/* Moves what is left to the buffer's beginning and fills it up. */
static int refill(csv_reader_t *csv)
{
    size_t left = csv->end - csv->at;
    memmove(csv->buffer, csv->buffer + csv->at, left);
    csv->at = 0;
    csv->end = left;
    int64_t n = csv->input->read_at(csv->input, csv->offset, csv->buffer + left,
                                    CSV_BUFFER - left);
    ebb_place_t place = {.where = csv->input->label, .line = csv->line};
    if (n < 0) {
        return ebb_fail_at(csv->error, EBB_ERR_IO, place, "cannot be read");
    }
    csv->end += (size_t)n;
    csv->offset += (uint64_t)n;
    int code = ebb_import_progress(csv->import, csv->offset, csv->input->size);
    return code ? ebb_fail_at(csv->error, code, place, "cancelled") : EBB_OK;
}

/* Cuts the next row; 1 at the end of the input. */
static int next_row(csv_reader_t *csv)
{
    for (;;) {
        bool all = csv->offset >= csv->input->size;
        if (all && csv->at >= csv->end) {
            return 1;
        }
        size_t n = csv->end - csv->at;
        if (all) {
            csv->buffer[csv->end] = '\n';
            n++;
        }
        csv_state_t state = cut_row(&csv->row, csv->buffer + csv->at, n, &csv->stops);
        if (state == CSV_WHOLE) {
            return EBB_OK;
        }
        ebb_place_t place = row_place(csv, 0);
        if (all && state == CSV_OPEN_QUOTE) {
            return ebb_fail_at(csv->error, EBB_ERR_INPUT, place,
                               "a quote is opened in this row and never closed; quotes "
                               "inside a quoted field are doubled");
        }
        if (all) { /* the input ends in '\r' */
            csv->row.length = n;
            return EBB_OK;
        }
        if (csv->at == 0 && csv->end == CSV_BUFFER) {
            return ebb_fail_at(csv->error, EBB_ERR_LIMIT, place,
                               "a row longer than 1 MiB; is a quote missing?");
        }
        int code = refill(csv);
        if (code) {
            return code;
        }
    }
}

/* ---- the first line ---- */

/* What the columns of a header mean, as bits; 0 when they make no sense. */
static unsigned header_columns(const char *bytes, size_t n, const csv_stops_t *stops,
                               ebb_record_column_t columns[CSV_COLUMNS_MAX],
                               csv_row_t *row)
{
    unsigned seen = 0;
    csv_state_t state = cut_row(row, bytes, n, stops);
    if (state != CSV_WHOLE) {
        return 0;
    }
    for (size_t i = 0; i < row->count && i < CSV_COLUMNS_MAX; i++) {
        columns[i] =
            ebb_column_find(bytes + row->fields[i].from, row->fields[i].length);
        seen |= 1u << columns[i];
    }
    return seen;
}

/* The separator that makes sense of a header best: makes events, else knows most
 * names. */
static char find_separator(const char *bytes, size_t n, unsigned *seen)
{
    static const char separators[] = {',', ';', '\t'};
    ebb_record_column_t columns[CSV_COLUMNS_MAX];
    csv_row_t row;
    char best = ',';
    int best_score = -1;
    for (size_t i = 0; i < sizeof separators; i++) {
        csv_stops_t stops = stops_of(separators[i]);
        unsigned found = header_columns(bytes, n, &stops, columns, &row);
        int score =
            __builtin_popcount(found & ~1u) + (ebb_columns_problem(found) ? 0 : 50);
        if (score > best_score) {
            best = separators[i];
            best_score = score;
            *seen = found;
        }
    }
    return best;
}

/* Bytes before the header: a byte order mark, and the line "sep=;" that a spreadsheet
 * writes. */
static size_t header_begin(const char *bytes, size_t n, uint64_t *lines)
{
    size_t i = n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    if (n >= i + 6 && memcmp(bytes + i, "sep=", 4) == 0) {
        const char *end = memchr(bytes + i, '\n', n - i < 8 ? n - i : 8);
        if (end) {
            ++*lines;
            return (size_t)(end - bytes) + 1;
        }
    }
    return i;
}

static int fail_header(const csv_reader_t *csv, const char *why)
{
    return ebb_fail_at(csv->error, EBB_ERR_INPUT, row_place(csv, 0), "%s", why);
}

/* Two columns that mean the same are a riddle; better asked than guessed. */
static int check_twice(const csv_reader_t *csv)
{
    for (size_t i = 0; i < csv->column_count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (csv->columns[i] && csv->columns[i] == csv->columns[j]) {
                return ebb_fail_at(
                    csv->error, EBB_ERR_INPUT, row_place(csv, csv->row.fields[i].from),
                    "columns %zu and %zu mean the same; rename one", j + 1, i + 1);
            }
        }
    }
    return EBB_OK;
}

static int read_header(csv_reader_t *csv)
{
    unsigned seen = 0;
    int code = refill(csv);
    if (code) {
        return code;
    }
    csv->at = header_begin(csv->buffer, csv->end, &csv->line);
    bool all = csv->offset >= csv->input->size;
    csv->buffer[csv->end] = '\n'; /* ends the header where the input does */
    csv->stops = stops_of(
        find_separator(csv->buffer + csv->at, csv->end - csv->at + all, &seen));
    code = next_row(csv);
    if (code) {
        return code < 0 ? code : fail_header(csv, "holds no line of column names");
    }
    const char *problem = ebb_columns_problem(seen);
    if (problem) {
        return fail_header(csv, problem);
    }
    (void)header_columns(csv->buffer + csv->at, csv->row.length, &csv->stops,
                         csv->columns, &csv->row);
    csv->column_count =
        csv->row.count < CSV_COLUMNS_MAX ? csv->row.count : CSV_COLUMNS_MAX;
    code = check_twice(csv);
    leave_row(csv);
    return code;
}

/* ---- events ---- */

/* The fields of the row by their meaning. Doubled quotes are closed up beside. */
static int fill_record(csv_reader_t *csv, ebb_row_t *record)
{
    const char *bytes = csv->buffer + csv->at;
    size_t begins[EBB_COLUMN_COUNT] = {0};
    *record = (ebb_row_t){0};
    csv->closed.length = 0;
    for (size_t i = 0; i < csv->column_count && i < csv->row.count; i++) {
        const csv_field_t *field = &csv->row.fields[i];
        ebb_field_t *to = &record->fields[csv->columns[i]];
        *to = (ebb_field_t){bytes + field->from, field->length};
        if (!field->doubled) {
            continue;
        }
        begins[csv->columns[i]] = csv->closed.length + 1;
        for (size_t k = 0; k < field->length; k++) {
            ebb_text_append(&csv->closed, to->bytes + k, 1);
            k += to->bytes[k] == '"';
        }
        to->length = csv->closed.length + 1 - begins[csv->columns[i]];
    }
    for (size_t i = 0; i < EBB_COLUMN_COUNT && !csv->closed.failed; i++) {
        if (begins[i]) {
            record->fields[i].bytes = csv->closed.data + begins[i] - 1;
        }
    }
    return csv->closed.failed;
}

/* Where in the row the column at fault begins. */
static size_t fault_of(const csv_reader_t *csv)
{
    for (size_t i = 0; i < csv->column_count && i < csv->row.count; i++) {
        if (csv->columns[i] == csv->records.wrong) {
            return csv->row.fields[i].from;
        }
    }
    return 0;
}

static void note_fault(csv_reader_t *csv, size_t i, const char *reason)
{
    ebb_place_t place = row_place(csv, i);
    ebb_import_not_understood(csv->import, place.line, place.column, reason);
    if (!csv->first_reason) {
        csv->first_reason = reason;
        csv->first_line = place.line;
        csv->first_column = place.column;
    }
}

static bool is_blank_row(const csv_row_t *row)
{
    return row->count == 1 && row->fields[0].length == 0 && !row->quoted;
}

static int push_row(csv_reader_t *csv)
{
    ebb_row_t record;
    const char *reason = NULL;
    if (is_blank_row(&csv->row)) {
        return EBB_OK;
    }
    ebb_import_source(csv->import)->lines++;
    if (csv->row.stray) {
        note_fault(csv, csv->row.stray - 1,
                   "has text behind a closing quote; quotes inside quotes are doubled");
        return EBB_OK;
    }
    if (csv->row.count > csv->column_count) {
        note_fault(csv, 0,
                   "has more fields than the first line; put a field that holds the "
                   "separator into quotes");
        return EBB_OK;
    }
    int code = fill_record(csv, &record);
    code = code ? code : ebb_record_push(&csv->records, &record, &reason);
    if (code > 0) {
        note_fault(csv, fault_of(csv), reason);
        return EBB_OK;
    }
    if (code) {
        return ebb_fail_at(csv->error, code, row_place(csv, 0),
                           code == EBB_ERR_INPUT ? EBB_RECORD_OTHER_COUPLE
                           : code == EBB_ERR_LIMIT
                               ? "more persons, or more text, than ebb takes"
                               : "no memory for its messages");
    }
    return EBB_OK;
}

static int read_rows(csv_reader_t *csv)
{
    int code = read_header(csv);
    while (!code) {
        code = next_row(csv);
        if (!code) {
            code = push_row(csv);
            leave_row(csv);
        }
    }
    if (code < 0) {
        return code;
    }
    if (csv->first_reason && csv->import->count == csv->import->source_begin) {
        ebb_place_t place = {csv->input->label, csv->first_line, csv->first_column};
        return ebb_fail_at(csv->error, EBB_ERR_INPUT, place,
                           "no row was understood; the first %s", csv->first_reason);
    }
    ebb_records_end(&csv->records);
    ebb_source_t *source = ebb_import_source(csv->import);
    (void)snprintf(source->dialect, sizeof source->dialect, "%s separated",
                   csv->stops.separator == ','   ? "comma"
                   : csv->stops.separator == ';' ? "semicolon"
                                                 : "tab");
    return EBB_OK;
}

static int read_csv(ebb_import_t *import, const ebb_input_t *input, ebb_error_t *error)
{
    const ebb_alloc_t *alloc = import->alloc;
    ebb_place_t place = {.where = input->label};
    csv_reader_t *csv = ebb_new_array(alloc, 1, sizeof *csv);
    if (!csv) {
        return ebb_fail_at(error, EBB_ERR_MEMORY, place, "no memory to read it");
    }
    csv->import = csv->records.import = import;
    csv->input = input;
    csv->error = error;
    csv->line = 1;
    ebb_text_init(&csv->closed, alloc);
    csv->buffer = alloc->resize(alloc->user, NULL, 0, CSV_BUFFER + 1);
    int code = csv->buffer
                   ? read_rows(csv)
                   : ebb_fail_at(error, EBB_ERR_MEMORY, place, "no memory to read it");
    ebb_free_array(alloc, csv->buffer, CSV_BUFFER + 1, 1);
    ebb_text_free(&csv->closed);
    ebb_free_array(alloc, csv, 1, sizeof *csv);
    return code;
}

static int sniff_csv(const char *head, size_t n)
{
    uint64_t lines = 0;
    unsigned seen = 0;
    size_t begin = header_begin(head, n, &lines);
    if (begin < n && (head[begin] == '{' || head[begin] == '[')) {
        return 0;
    }
    size_t length = 0;
    while (begin + length < n && head[begin + length] != '\n' &&
           head[begin + length] != '\r') {
        length++;
    }
    char line[4096];
    if (length + 1 > sizeof line) {
        return 0;
    }
    memcpy(line, head + begin, length);
    line[length] = '\n';
    (void)find_separator(line, length + 1, &seen);
    int known = __builtin_popcount(seen & ~1u);
    return known == 0 ? 0 : ebb_columns_problem(seen) ? known >= 2 : 2;
}

const ebb_reader_t ebb_reader_csv = {"csv", sniff_csv, read_csv};
