/* SPDX-License-Identifier: MIT
 *
 * Reads messages as JSON: one object after the other (JSON lines), a list of objects,
 * or the document that ebb_events_write makes.
 *
 *     {"time": "2024-03-31T14:05:09+02:00", "person": "Ana", "words": 7}
 *     {"schema": "ebb/events", "version": 1, "events": [{...}, ...]}
 *
 * Invariant: `values` holds the bytes of the members of the object being read, and of
 * no other; `at[d]` says what the object or array at depth d is.
 */
#include <stdio.h>
#include <string.h>

#include "core/memory.h"
#include "messages/jsonfeed.h"
#include "messages/record.h"

enum {
    JSONL_OTHER,
    JSONL_RECORD,
    JSONL_ROOT, /* an object at the top: a record, or ebb's document */
    JSONL_LIST, /* of records */
    JSONL_FLAGS
};

typedef struct jsonl_reader {
    ebb_import_t *import;
    ebb_records_t records;
    uint8_t at[EBB_FEED_DEPTH_MAX + 1];
    ebb_record_column_t column; /* before the value that comes */
    bool is_schema, is_version, is_events, is_zone, is_maker;
    bool is_document; /* the object at the top is ebb's document */
    ebb_text_t values;
    size_t begins[EBB_COLUMN_COUNT]; /* 1 + place in `values`; 0: not there */
    size_t lengths[EBB_COLUMN_COUNT];
    uint64_t begin; /* of the object being read */
    const char *first_reason;
    uint64_t first_offset; /* of the first object that was not understood */
} jsonl_reader_t;

static void begin_object(jsonl_reader_t *reader, uint64_t offset)
{
    reader->begin = offset;
    reader->values.length = 0;
    memset(reader->begins, 0, sizeof reader->begins);
    memset(reader->lengths, 0, sizeof reader->lengths);
}

/* Keeps a value until its object ends; a second one for the same column is joined to
 * it with '|' in a list of flags, and takes its place elsewhere. */
static int keep_value(jsonl_reader_t *reader, ebb_feed_t *feed, const char *bytes,
                      size_t length, bool join)
{
    ebb_record_column_t column = reader->column;
    ebb_text_t *values = &reader->values;
    if (column == EBB_COLUMN_NONE) {
        return EBB_OK;
    }
    if (join && reader->begins[column]) {
        ebb_text_append(values, "|", 1);
    } else {
        reader->begins[column] = values->length + 1;
    }
    ebb_text_append(values, bytes, length);
    reader->lengths[column] = values->length + 1 - reader->begins[column];
    return values->failed ? ebb_feed_fail(feed, values->failed, reader->begin,
                                          "no memory for a message")
                          : EBB_OK;
}

static int end_object(jsonl_reader_t *reader, ebb_feed_t *feed)
{
    ebb_row_t record = {0};
    const char *reason = NULL;
    for (size_t i = 0; i < EBB_COLUMN_COUNT; i++) {
        if (reader->begins[i]) {
            record.fields[i].bytes = reader->values.data + reader->begins[i] - 1;
            record.fields[i].length = reader->lengths[i];
        }
    }
    ebb_import_source(reader->import)->lines++;
    int code = ebb_record_push(&reader->records, &record, &reason);
    if (code > 0) {
        ebb_feed_not_understood(feed, reader->begin, reason);
        if (!reader->first_reason) {
            reader->first_reason = reason;
            reader->first_offset = reader->begin;
        }
        return EBB_OK;
    }
    if (code) {
        return ebb_feed_fail(feed, code, reader->begin,
                             code == EBB_ERR_INPUT ? EBB_RECORD_OTHER_COUPLE
                             : code == EBB_ERR_LIMIT
                                 ? "more persons, or more text, than ebb takes"
                                 : "no memory for its messages");
    }
    return EBB_OK;
}

/* ---- what the document hands over ---- */

static uint8_t jsonl_child(const jsonl_reader_t *reader, int depth, bool is_object)
{
    if (depth == 1) {
        return is_object ? JSONL_ROOT : JSONL_LIST;
    }
    switch (reader->at[depth - 1]) {
    case JSONL_LIST:
        return is_object ? JSONL_RECORD : JSONL_OTHER;
    case JSONL_ROOT:
        if (!is_object && reader->is_events && reader->is_document) {
            return JSONL_LIST;
        }
        return !is_object && reader->column == EBB_COLUMN_FLAGS ? JSONL_FLAGS
                                                                : JSONL_OTHER;
    case JSONL_RECORD:
        return !is_object && reader->column == EBB_COLUMN_FLAGS ? JSONL_FLAGS
                                                                : JSONL_OTHER;
    default:
        return JSONL_OTHER;
    }
}

static int open_jsonl(void *user, ebb_feed_t *feed, bool is_object)
{
    jsonl_reader_t *reader = user;
    uint8_t child = jsonl_child(reader, feed->depth, is_object);
    reader->at[feed->depth] = child;
    if (child == JSONL_ROOT || child == JSONL_RECORD) {
        begin_object(reader, ebb_feed_offset(feed) - 1);
    }
    if (child == JSONL_ROOT) {
        reader->is_document = false;
    }
    return EBB_OK;
}

static int note_key(void *user, ebb_feed_t *feed, const char *bytes, size_t length)
{
    jsonl_reader_t *reader = user;
    bool root = reader->at[feed->depth] == JSONL_ROOT;
    if (!root && reader->at[feed->depth] != JSONL_RECORD) {
        return EBB_OK;
    }
    reader->column = ebb_column_find(bytes, length);
    reader->is_schema = root && ebb_bytes_are(bytes, length, "schema");
    reader->is_version = root && ebb_bytes_are(bytes, length, "version");
    reader->is_events = root && ebb_bytes_are(bytes, length, "events");
    reader->is_zone = root && ebb_bytes_are(bytes, length, "zone");
    reader->is_maker = root && ebb_bytes_are(bytes, length, "made_by");
    return EBB_OK;
}

/* The zone as a document of ebb's tells it; what cannot be the name of one is passed
 * over. */
static void note_zone(jsonl_reader_t *reader, const char *bytes, size_t length)
{
    static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                "0123456789/_+-";
    char *zone = reader->import->told.zone;
    if (length < EBB_ZONE_NAME_MAX) {
        memcpy(zone, bytes, length);
        zone[length] = '\0';
        zone[strspn(zone, signs) == length ? length : 0] = '\0';
    }
}

/* A member of the object at the top that tells whether it is ebb's document. */
static int note_document(jsonl_reader_t *reader, ebb_feed_t *feed, const char *bytes,
                         size_t length)
{
    if (reader->is_schema) {
        reader->is_document = ebb_bytes_are(bytes, length, "ebb/events");
        return reader->is_document
                   ? EBB_OK
                   : ebb_feed_fail(feed, EBB_ERR_INPUT, reader->begin,
                                   "a JSON document of another kind; ebb reads "
                                   "\"schema\":\"ebb/events\"");
    }
    if (reader->is_version && reader->is_document &&
        !ebb_bytes_are(bytes, length, "1")) {
        return ebb_feed_fail(feed, EBB_ERR_INPUT, reader->begin,
                             "written by a newer ebb; this one reads version 1");
    }
    return EBB_OK;
}

static int read_value(void *user, ebb_feed_t *feed, ebb_token_t token,
                      const char *bytes, size_t length)
{
    jsonl_reader_t *reader = user;
    uint8_t in = reader->at[feed->depth];
    bool is_value = token == EBB_TOKEN_STRING || token == EBB_TOKEN_NUMBER;
    if (!is_value || in == JSONL_OTHER || in == JSONL_LIST) {
        return EBB_OK;
    }
    if (in == JSONL_ROOT && (reader->is_schema || reader->is_version)) {
        return note_document(reader, feed, bytes, length);
    }
    if (reader->is_document && reader->is_zone) {
        note_zone(reader, bytes, length);
    }
    if (reader->is_document && reader->is_maker) {
        reader->import->told.maker = '\0';
        if (length == 1 && (*bytes == 'A' || *bytes == 'B')) {
            reader->import->told.maker = *bytes;
        }
    }
    return keep_value(reader, feed, bytes, length, in == JSONL_FLAGS);
}

static int close_jsonl(void *user, ebb_feed_t *feed)
{
    jsonl_reader_t *reader = user;
    uint8_t in = reader->at[feed->depth];
    return in == JSONL_RECORD || (in == JSONL_ROOT && !reader->is_document)
               ? end_object(reader, feed)
               : EBB_OK;
}

static const ebb_feed_reader_t jsonl_feed_reader = {
    .opened = open_jsonl,
    .key = note_key,
    .value = read_value,
    .closed = close_jsonl,
};

/* ---- the reader ---- */

static ebb_place_t place_in(const ebb_feed_opts_t *opts, uint64_t offset)
{
    ebb_feed_t counter = {.opts = opts, .place_line = 1};
    return ebb_feed_place(&counter, offset);
}

static int read_objects(jsonl_reader_t *reader, const ebb_input_t *input,
                        ebb_error_t *error)
{
    ebb_feed_opts_t opts = {.import = reader->import,
                            .input = input,
                            .end = input->size,
                            .many = true,
                            .reader = &jsonl_feed_reader,
                            .user = reader};
    int code = ebb_feed_run(&opts, error);
    if (code) {
        return code;
    }
    if (reader->first_reason && reader->import->count == reader->import->source_begin) {
        return ebb_fail_at(error, EBB_ERR_INPUT, place_in(&opts, reader->first_offset),
                           "no object was understood; the first %s",
                           reader->first_reason);
    }
    ebb_records_end(&reader->records);
    ebb_source_t *source = ebb_import_source(reader->import);
    (void)snprintf(source->dialect, sizeof source->dialect, "%s",
                   reader->is_document ? "document of ebb" : "objects");
    return EBB_OK;
}

static int read_jsonl(ebb_import_t *import, const ebb_input_t *input,
                      ebb_error_t *error)
{
    const ebb_alloc_t *alloc = import->alloc;
    jsonl_reader_t *reader = ebb_new_array(alloc, 1, sizeof *reader);
    if (!reader) {
        return ebb_fail_at(error, EBB_ERR_MEMORY, (ebb_place_t){.where = input->label},
                           "no memory to read it");
    }
    reader->import = reader->records.import = import;
    ebb_text_init(&reader->values, alloc);
    int code = read_objects(reader, input, error);
    ebb_text_free(&reader->values);
    ebb_free_array(alloc, reader, 1, sizeof *reader);
    return code;
}

typedef struct jsonl_sniff {
    unsigned columns;
    bool schema, messages;
} jsonl_sniff_t;

static bool sniff_member(void *user, int depth, const char *bytes, size_t length)
{
    jsonl_sniff_t *found = user;
    if (depth == 1) {
        found->columns |= 1u << ebb_column_find(bytes, length);
        found->schema |= ebb_bytes_are(bytes, length, "schema");
        found->messages |= ebb_bytes_are(bytes, length, "messages");
    }
    return true;
}

static int sniff_jsonl(const char *head, size_t n)
{
    jsonl_sniff_t found = {0};
    size_t i = 0;
    while (i < n && (head[i] == ' ' || head[i] == '\n' || head[i] == '\r')) {
        i++;
    }
    i += i < n && head[i] == '['; /* a list of objects: look at the first */
    if (!ebb_json_peek(head + i, n - i, sniff_member, &found) || found.messages) {
        return 0;
    }
    return found.schema || !ebb_columns_problem(found.columns) ? 2
           : (found.columns & ~1u) != 0                        ? 1
                                                               : 0;
}

const ebb_reader_t ebb_reader_jsonl = {"jsonl", sniff_jsonl, read_jsonl};
