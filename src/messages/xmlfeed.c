/* SPDX-License-Identifier: MIT
 *
 * Drives expat over an input, chunk by chunk.
 *
 * Expat counts the bytes it was given; where tags begin in the input is known from the
 * mending, and tags are all that is asked for. So no byte is read twice, which a zip
 * would unpack again from its beginning.
 */
#include "messages/xmlfeed.h"

#include <expat.h>
#include <stdio.h>
#include <string.h>

#include "core/memory.h"
#include "messages/xmlmend.h"

#define XML_CHUNK ((size_t)64 * 1024)
#define XML_MARKS EBB_XML_MARKS(XML_CHUNK)
#define XML_TAG_MAX ((uint64_t)1024 * 1024)
#define XML_PROGRESS 8 /* chunks between two words to the caller */

struct ebb_xmlfeed {
    const ebb_xmlfeed_opts_t *opts;
    ebb_error_t *error;
    XML_Parser parser;
    ebb_xmlmend_t mend;
    int depth;
    int code;      /* of the first failure, with `error` filled */
    char *chunk;   /* XML_CHUNK bytes ... */
    size_t held;   /* ... of which so many are read and not yet mended */
    uint64_t read; /* bytes of the input so far */
};

/* ---- places ---- */

int ebb_xmlfeed_depth(const ebb_xmlfeed_t *feed)
{
    return feed->depth;
}

ebb_place_t ebb_xmlfeed_place(const ebb_xmlfeed_t *feed)
{
    XML_Index at = XML_GetCurrentByteIndex(feed->parser);
    ebb_place_t place = {.where = feed->opts->input->label};
    ebb_xmlmend_place(&feed->mend, at < 0 ? 0 : (uint64_t)at, &place.line,
                      &place.column);
    return place;
}

/* How far the mending is. */
static ebb_place_t xml_place_reached(const ebb_xmlfeed_t *feed)
{
    const ebb_xmlmend_t *mend = &feed->mend;
    return (ebb_place_t){.where = feed->opts->input->label,
                         .line = mend->lines + 1,
                         .column = mend->read - mend->line_begin + 1};
}

int ebb_xmlfeed_fail(ebb_xmlfeed_t *feed, int code, ebb_place_t place, const char *text)
{
    feed->code = ebb_fail_at(feed->error, code, place, "%s", text);
    return feed->code;
}

/* ---- what is handed over ---- */

static void stop_xml(ebb_xmlfeed_t *feed, int code)
{
    feed->code = code;
    if (code) {
        (void)XML_StopParser(feed->parser, XML_FALSE);
    }
}

static void XMLCALL on_xml_open(void *user, const XML_Char *name,
                                const XML_Char **attributes)
{
    ebb_xmlfeed_t *feed = user;
    if (feed->code) {
        return;
    }
    if (++feed->depth > EBB_XML_DEPTH_MAX) {
        _Static_assert(EBB_XML_DEPTH_MAX == 32, "the sentence below says so");
        stop_xml(feed,
                 ebb_xmlfeed_fail(feed, EBB_ERR_LIMIT, ebb_xmlfeed_place(feed),
                                  "more than 32 elements inside each other; no backup "
                                  "of messages looks so"));
        return;
    }
    stop_xml(feed, feed->opts->reader->opened(feed->opts->user, feed, name,
                                              (const char *const *)attributes));
}

static void XMLCALL on_xml_close(void *user, const XML_Char *name)
{
    ebb_xmlfeed_t *feed = user;
    if (!feed->code) {
        stop_xml(feed, feed->opts->reader->closed(feed->opts->user, feed, name));
        feed->depth--;
    }
}

/* Document types declare entities, with which a few bytes stand for gigabytes. */
static void XMLCALL on_xml_doctype(void *user, const XML_Char *name,
                                   const XML_Char *system_id, const XML_Char *public_id,
                                   int has_internal_subset)
{
    ebb_xmlfeed_t *feed = user;
    (void)name;
    (void)system_id;
    (void)public_id;
    (void)has_internal_subset;
    if (!feed->code) {
        stop_xml(feed, ebb_xmlfeed_fail(feed, EBB_ERR_INPUT, ebb_xmlfeed_place(feed),
                                        "declares a document type, which no backup of "
                                        "messages does; make the backup again"));
    }
}

/* ---- chunks ---- */

/* Expat's complaint as ours. */
static int fail_not_xml(ebb_xmlfeed_t *feed, bool last)
{
    enum XML_Error said = XML_GetErrorCode(feed->parser);
    char text[160];
    if (said == XML_ERROR_NO_MEMORY) {
        return ebb_xmlfeed_fail(feed, EBB_ERR_MEMORY, xml_place_reached(feed),
                                "no memory to read it");
    }
    if (last) {
        return ebb_xmlfeed_fail(feed, EBB_ERR_INPUT, xml_place_reached(feed),
                                "the XML ends too soon: the backup was cut off; make "
                                "it again and copy the whole file");
    }
    (void)snprintf(text, sizeof text,
                   "not XML here (%s); if the file was edited, make the backup again",
                   XML_ErrorString(said));
    return ebb_xmlfeed_fail(feed, EBB_ERR_INPUT, ebb_xmlfeed_place(feed), text);
}

static int pass_xml(ebb_xmlfeed_t *feed, const char *bytes, size_t n, bool last)
{
    enum XML_Status status = XML_Parse(feed->parser, bytes, (int)n, last);
    if (feed->code) {
        return feed->code;
    }
    return status == XML_STATUS_OK ? EBB_OK : fail_not_xml(feed, last);
}

/* Mends and passes on what is held, as far as that can be done now. */
static int mend_chunk(ebb_xmlfeed_t *feed, bool last)
{
    const ebb_xmlmend_t *mend = &feed->mend;
    size_t left = 0, held = feed->held;
    size_t n = ebb_xmlmend(&feed->mend, feed->chunk, held, last, &left);
    int code = pass_xml(feed, feed->chunk, n, false);
    memmove(feed->chunk, feed->chunk + held - left, left);
    feed->held = left;
    bool in_tag = mend->state == EBB_XML_NAME || mend->state == EBB_XML_TAG ||
                  mend->state == EBB_XML_VALUE;
    return !code && in_tag && mend->tag_bytes > XML_TAG_MAX
               ? ebb_xmlfeed_fail(feed, EBB_ERR_LIMIT, xml_place_reached(feed),
                                  "a tag of more than 1 MiB ends near here; no message "
                                  "is that long")
               : code;
}

static int read_xml_chunk(ebb_xmlfeed_t *feed)
{
    const ebb_input_t *input = feed->opts->input;
    int64_t n = input->read_at(input, feed->read, feed->chunk + feed->held,
                               XML_CHUNK - feed->held);
    if (n <= 0) {
        return ebb_xmlfeed_fail(feed, EBB_ERR_IO, xml_place_reached(feed),
                                "cannot be read");
    }
    feed->read += (uint64_t)n;
    feed->held += (size_t)n;
    return EBB_OK;
}

static int feed_all_xml(ebb_xmlfeed_t *feed)
{
    const ebb_input_t *input = feed->opts->input;
    int code = EBB_OK;
    for (unsigned i = 0; !code && feed->read < input->size; i++) {
        code = read_xml_chunk(feed);
        code = code ? code : mend_chunk(feed, feed->read >= input->size);
        if (!code && i % XML_PROGRESS == 0) {
            code = ebb_import_progress(feed->opts->import, feed->read, input->size);
            if (code) {
                return ebb_fail(feed->error, code, "cancelled");
            }
        }
    }
    return code ? code : pass_xml(feed, "", 0, true);
}

int ebb_xmlfeed_run(const ebb_xmlfeed_opts_t *opts, ebb_error_t *error)
{
    const ebb_alloc_t *alloc = opts->import->alloc;
    ebb_xmlfeed_t feed = {
        .opts = opts, .error = error, .mend = {.wanted = opts->wanted}};
    feed.chunk = alloc->resize(alloc->user, NULL, 0, XML_CHUNK);
    feed.mend.marks = ebb_new_array(alloc, XML_MARKS, sizeof *feed.mend.marks);
    if (feed.chunk && feed.mend.marks) {
        feed.parser = XML_ParserCreate(NULL);
    }
    int code = EBB_ERR_MEMORY;
    if (feed.parser) {
        XML_SetUserData(feed.parser, &feed);
        XML_SetElementHandler(feed.parser, on_xml_open, on_xml_close);
        XML_SetStartDoctypeDeclHandler(feed.parser, on_xml_doctype);
        code = feed_all_xml(&feed);
        XML_ParserFree(feed.parser);
    } else {
        (void)ebb_xmlfeed_fail(&feed, code, xml_place_reached(&feed),
                               "no memory to read it");
    }
    ebb_free_array(alloc, feed.chunk, XML_CHUNK, 1);
    ebb_free_array(alloc, feed.mend.marks, XML_MARKS, sizeof *feed.mend.marks);
    return code;
}
