/* SPDX-License-Identifier: MIT
 *
 * The import: inputs in, events of all persons out, still in the order of the inputs.
 *
 * Each input is offered to the readers by its first bytes; the surest one streams it.
 * What a reader that fails has left behind is cut off again, so an input is read whole
 * or not at all. Choosing two persons is persons.c, making the history is history.c.
 */
#include <stdio.h>
#include <string.h>

#include "core/memory.h"
#include "messages/history.h"
#include "messages/meta.h"

#define HEAD_SIZE 65536 /* bytes shown to sniffers */
#define SOURCES_MAX 255 /* ebb_event_t.source is one byte */
#define SNIFF_SURE 2

/* In order of asking; chats of plain lines last: the text of a table may look like
 * theirs, and of them WhatsApp's lines say the least of themselves. */
static const ebb_reader_t *const reader_table[] = {
    &ebb_reader_zip,      &ebb_reader_imessage, &ebb_reader_meta,
    &ebb_reader_telegram, &ebb_reader_discord,  &ebb_reader_matrix,
    &ebb_reader_signal,   &ebb_reader_csv,      &ebb_reader_jsonl,
    &ebb_reader_line,     &ebb_reader_sms,      &ebb_reader_signal_text,
    &ebb_reader_whatsapp,
};

const ebb_reader_t *ebb_reader_for(const char *head, size_t n)
{
    const ebb_reader_t *best = NULL;
    int best_score = 0;
    for (size_t i = 0; i < sizeof reader_table / sizeof *reader_table; i++) {
        const ebb_reader_t *reader = reader_table[i];
        int score = reader ? reader->sniff(head, n) : 0;
        if (score > best_score) {
            best = reader;
            best_score = score;
        }
        if (score >= SNIFF_SURE) {
            break;
        }
    }
    return best;
}

int ebb_import_open(ebb_import_t **import, const ebb_import_opts_t *opts,
                    ebb_error_t *error)
{
    *import = NULL;
    static const ebb_import_opts_t defaults;
    opts = opts ? opts : &defaults;
    int code = ebb_pair_check(opts, error);
    if (code) {
        return code;
    }
    const ebb_alloc_t *alloc = opts->alloc ? opts->alloc : ebb_alloc_default();
    ebb_import_t *made = ebb_new_array(alloc, 1, sizeof *made);
    if (!made) {
        return ebb_fail(error, EBB_ERR_MEMORY, "no memory for an import");
    }
    made->opts = *opts;
    made->alloc = alloc;
    ebb_text_init(&made->texts, alloc);
    if (opts->tz && (code = ebb_zone_open(&made->zone, opts->tz, alloc, error))) {
        ebb_import_free(made);
        return code;
    }
    *import = made;
    return EBB_OK;
}

void ebb_import_free(ebb_import_t *import)
{
    if (!import) {
        return;
    }
    const ebb_alloc_t *alloc = import->alloc;
    ebb_persons_forget(import, 0);
    ebb_free_array(alloc, import->persons, import->person_capacity,
                   sizeof *import->persons);
    ebb_free_array(alloc, import->events, import->capacity, sizeof *import->events);
    ebb_free_array(alloc, import->sources, import->source_capacity,
                   sizeof *import->sources);
    ebb_text_free(&import->texts);
    ebb_zone_free(import->zone);
    ebb_free_array(alloc, import, 1, sizeof *import);
}

ebb_account_t ebb_import_account(const ebb_import_t *import)
{
    return (ebb_account_t){.sources = import->sources,
                           .source_count = import->source_count,
                           .ambiguous_times = import->ambiguous_times};
}

ebb_source_t *ebb_import_source(ebb_import_t *import)
{
    return &import->sources[import->source_count - 1];
}

static int grow_events(ebb_import_t *import)
{
    void *events = import->events;
    int code = ebb_grow(import->alloc, &events, &import->capacity, import->count + 1,
                        sizeof *import->events);
    import->events = events;
    return code;
}

ebb_event_t *ebb_import_next(ebb_import_t *import)
{
    if (import->count == import->capacity && grow_events(import)) {
        return NULL;
    }
    ebb_event_t *next = &import->events[import->count];
    *next = (ebb_event_t){.source = (uint8_t)(import->source_count - 1)};
    return next;
}

int ebb_import_push(ebb_import_t *import, const ebb_event_t *event)
{
    ebb_event_t *next = ebb_import_next(import);
    if (!next) {
        return EBB_ERR_MEMORY;
    }
    uint8_t source = next->source;
    *next = *event;
    next->source = source;
    import->count++;
    return EBB_OK;
}

void ebb_import_add_text(ebb_import_t *import, const char *bytes, size_t length)
{
    const char *end = bytes + length;
    for (const char *nul; (nul = memchr(bytes, '\0', (size_t)(end - bytes)));) {
        ebb_text_append(&import->texts, bytes, (size_t)(nul - bytes));
        ebb_text_puts(&import->texts, "\xEF\xBF\xBD");
        bytes = nul + 1;
    }
    ebb_text_append(&import->texts, bytes, (size_t)(end - bytes));
}

int ebb_import_keep(ebb_import_t *import, ebb_event_t *event, const char *bytes,
                    size_t length)
{
    if (!import->opts.keep_text) {
        return EBB_OK;
    }
    if (length >= UINT32_MAX - import->texts.length) {
        return EBB_ERR_LIMIT;
    }
    event->text = (uint32_t)import->texts.length + 1;
    ebb_import_add_text(import, bytes, length);
    ebb_text_append(&import->texts, "", 1);
    return import->texts.failed;
}

void ebb_import_not_understood(ebb_import_t *import, uint64_t line, uint64_t column,
                               const char *reason)
{
    ebb_source_t *source = ebb_import_source(import);
    if (source->not_understood < EBB_POSITIONS_KEPT) {
        source->positions[source->not_understood] =
            (ebb_position_t){.line = line, .column = column, .reason = reason};
    }
    source->not_understood++;
}

int ebb_import_progress(ebb_import_t *import, uint64_t done, uint64_t total)
{
    const ebb_import_opts_t *opts = &import->opts;
    bool stop = opts->progress && opts->progress(opts->progress_user, done, total);
    return stop ? EBB_ERR_CANCELLED : EBB_OK;
}

/* Counts and marks the events of the source just read that come after a later one, and
 * notes whether it holds instants. */
static void mark_reordered(ebb_import_t *import)
{
    size_t count = import->count - import->source_begin;
    if (count == 0) {
        return;
    }
    ebb_event_t *events = import->events + import->source_begin;
    bool by_instant = ebb_events_have_instants(events, count);
    uint64_t reordered = 0;
    int64_t latest = INT64_MIN;
    for (size_t i = 0; i < count; i++) {
        int64_t time = ebb_event_time(&events[i], by_instant);
        if (time < latest) {
            events[i].flags |= EBB_FLAG_REORDERED;
            reordered++;
        } else {
            latest = time;
        }
    }
    ebb_import_source(import)->reordered = reordered;
    ebb_import_source(import)->instants = by_instant;
}

static int add_source(ebb_import_t *import, const ebb_input_t *input,
                      const ebb_reader_t *reader, ebb_error_t *error)
{
    if (import->source_count >= SOURCES_MAX) {
        return ebb_fail_at(error, EBB_ERR_LIMIT, (ebb_place_t){.where = input->label},
                           "is input number %d; one import takes at most %d",
                           SOURCES_MAX + 1, SOURCES_MAX);
    }
    void *sources = import->sources;
    if (ebb_grow(import->alloc, &sources, &import->source_capacity,
                 import->source_count + 1, sizeof *import->sources)) {
        return ebb_fail(error, EBB_ERR_MEMORY, "no memory for another input");
    }
    import->sources = sources;
    ebb_source_t *source = &import->sources[import->source_count++];
    *source = (ebb_source_t){.format = reader->format, .bytes = input->size};
    (void)snprintf(source->label, sizeof source->label, "%s",
                   input->label ? input->label : "");
    return EBB_OK;
}

ebb_import_mark_t ebb_import_mark(const ebb_import_t *import)
{
    return (ebb_import_mark_t){.events = import->count,
                               .persons = import->person_count,
                               .sources = import->source_count,
                               .text = import->texts.length,
                               .ambiguous = import->ambiguous_times,
                               .told = import->told};
}

void ebb_import_return(ebb_import_t *import, const ebb_import_mark_t *mark)
{
    import->count = mark->events;
    import->source_count = mark->sources;
    import->texts.length = mark->text;
    import->texts.failed = 0;
    import->ambiguous_times = mark->ambiguous;
    import->told = mark->told;
    ebb_persons_forget(import, mark->persons);
}

int ebb_import_read(ebb_import_t *import, const ebb_input_t *input,
                    const ebb_reader_t *reader, ebb_error_t *error)
{
    ebb_import_mark_t mark = ebb_import_mark(import);
    import->source_begin = import->count;
    int code = add_source(import, input, reader, error);
    if (code) {
        return code;
    }
    code = reader->read(import, input, error);
    if (!code) {
        ebb_import_source(import)->events = import->count - import->source_begin;
        mark_reordered(import);
        return EBB_OK;
    }
    ebb_import_return(import, &mark);
    return code;
}

int ebb_import_add(ebb_import_t *import, const ebb_input_t *input, ebb_error_t *error)
{
    ebb_place_t place = {.where = input->label};
    char *head = import->alloc->resize(import->alloc->user, NULL, 0, HEAD_SIZE);
    if (!head) {
        return ebb_fail_at(error, EBB_ERR_MEMORY, place, "no memory to read it");
    }
    int64_t n = input->read_at(input, 0, head, HEAD_SIZE);
    const ebb_reader_t *reader = NULL;
    const char *problem = NULL;
    if (n > 0) {
        reader = ebb_reader_for(head, (size_t)n);
        problem = ebb_encoding_problem(head, (size_t)n);
    }
    ebb_free_array(import->alloc, head, HEAD_SIZE, 1);
    if (n < 0) {
        return ebb_fail_at(error, EBB_ERR_IO, place, "cannot be read");
    }
    if (n == 0) {
        return ebb_fail_at(error, EBB_ERR_INPUT, place, "is empty");
    }
    if (reader == &ebb_reader_zip) {
        return reader->read(import, input, error);
    }
    if (problem && reader != &ebb_reader_imessage) { /* which is no text */
        return ebb_fail_at(error, EBB_ERR_INPUT, place, "%s", problem);
    }
    if (!reader) {
        return ebb_fail_at(error, EBB_ERR_INPUT, place,
                           "is no export that ebb reads; `ebb formats` lists them, and "
                           "how a table must name its columns");
    }
    return ebb_import_read(import, input, reader, error);
}
