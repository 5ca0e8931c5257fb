/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "messages/jsonfeed.h"
#include "messages/signal.h"

const char *ebb_sg_name(const char *bytes, size_t length, size_t *used)
{
    if (ebb_bytes_are(bytes, length, "No-Sender") || length == 0) {
        return NULL;
    }
    bool me = ebb_bytes_are(bytes, length, "Me");
    *used = me ? strlen(EBB_SG_ME) : length;
    return me ? EBB_SG_ME : bytes;
}

static bool take_sg_word(const char **at, const char *end, const char *word)
{
    size_t length = strlen(word);
    bool there = (size_t)(end - *at) >= length && memcmp(*at, word, length) == 0;
    *at += there ? length : 0;
    return there;
}

/* "Incoming voice call (accepted, 3m 2s)", "Outgoing call (unanswered)", "Missed video
 * call", and from older versions "Incoming call", taken or not. */
uint8_t ebb_sg_call(const char *text, size_t length, bool *outgoing)
{
    const char *at = text, *end = text + length;
    bool missed = take_sg_word(&at, end, "Missed ");
    *outgoing = !missed && take_sg_word(&at, end, "Outgoing ");
    if (!missed && !*outgoing && !take_sg_word(&at, end, "Incoming ")) {
        return EBB_KIND_TEXT;
    }
    if (!take_sg_word(&at, end, "voice ")) {
        (void)take_sg_word(&at, end, "video ");
    }
    if (!take_sg_word(&at, end, "call") || (at < end && *at != ' ')) {
        return EBB_KIND_TEXT;
    }
    bool detailed = take_sg_word(&at, end, " (");
    if (at == end ? detailed : !detailed || end[-1] != ')') {
        return EBB_KIND_TEXT;
    }
    bool taken = !detailed || take_sg_word(&at, end, "accepted");
    return taken && !missed ? EBB_KIND_CALL : EBB_KIND_MISSED_CALL;
}

uint8_t ebb_sg_file_kind(const char *name, size_t length)
{
    static const char *const sounds[] = {"None.aac", "None.m4a", "None.mpeg",
                                         "None.mp3", "None.ogg"};
    for (size_t i = 0; i < sizeof sounds / sizeof *sounds; i++) {
        size_t n = strlen(sounds[i]);
        if (length >= n && memcmp(name + length - n, sounds[i], n) == 0) {
            return EBB_KIND_VOICE;
        }
    }
    return EBB_KIND_MEDIA;
}
