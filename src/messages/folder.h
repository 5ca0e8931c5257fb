/* SPDX-License-Identifier: MIT
 * Reading out of a folder, or of a zip, which looks the same from here. */
#ifndef EBB_MESSAGES_FOLDER_H
#define EBB_MESSAGES_FOLDER_H

#include "messages/reader.h"

#define EBB_LABEL_MAX 256 /* bytes with the NUL, as of ebb_source_t and ebb_error_t */

/* "FOLDER/NAME", the beginning left out where it is too long. */
void ebb_folder_label(char label[EBB_LABEL_MAX], const ebb_folder_t *folder,
                      const char *name);

/* Reads one file as a source of its own. It is labelled by the folder and its own name;
 * `alone`: the only one read of a zip, by the zip's. */
int ebb_folder_read(ebb_import_t *import, const ebb_folder_t *folder, size_t index,
                    const ebb_reader_t *reader, bool alone, ebb_error_t *error);

/* The name of a file without the folders it lies in. */
const char *ebb_base_name(const char *path);

#endif
