"""The English sentence of every fault, by its code. The Chinese ones stand in `ui/words/`."""

from collections.abc import Mapping

MESSAGES: Mapping[str, str] = {
    "unknown_key": "“{key}” is not a field here; remove it",
    "missing_key": "“{key}” is missing; add it",
    "unknown_entry": "there is no {kind} called “{given}”; known: {known}",
    "wrong_type": "needs {expected}, but got {given}",
    "not_finite": "needs a finite number, but got {given}",
    "too_small": "must be at least {limit}, but is {given}",
    "too_small_exclusive": "must be greater than {limit}, but is {given}",
    "too_large": "must be at most {limit}, but is {given}",
    "too_large_exclusive": "must be less than {limit}, but is {given}",
    "not_a_choice": "must be one of {expected}, but is {given}",
    "too_long": "is too long: at most {limit}",
    "invalid": "{detail}",
    "no_checkpoint": "this run has ended and its optimiser state is gone: download a checkpoint while it is "
    "training or paused; its weights can still be downloaded",
    "not_live": "{given} cannot be changed while a run is in progress; these can: {known}",
    "reader_slow": "reading this file took longer than {limit} s, so it was stopped; make the file smaller or simpler",
    "reader_memory": "reading this file needs too much memory; make it smaller",
    "reader_failed": "this file could not be read: it is damaged, or of a kind that is not supported",
    "readers_busy": "the server is reading many other files right now; try again in a moment",
    "not_json": "this is not valid JSON: {detail}",
    "too_many_bytes": "the experiment is {given} bytes long; at most {limit} are accepted",
    "too_deep": "lists and blocks are nested more than {limit} deep; use fewer levels",
    "newer_version": "this was made with a newer version ({given}) of the playground than this one ({known}); "
    "update the playground",
    "broken_link": "the link is damaged or does not belong to this playground; check that you copied all of "
    "it",
    "too_many_layers": "{given} layers are too many; at most {limit} are accepted here",
    "too_many_parameters": "the network would have {given} parameters; at most {limit} are accepted here: "
    "make a layer smaller",
    "too_much_memory": "training would take about {given}; at most {limit} are accepted here: "
    "use a smaller batch, smaller layers or fewer samples",
    "step_too_slow": "a single step would take about {given}; at most {limit} are accepted here, since nothing can "
    "interrupt a step: use a smaller batch, smaller kernels or fewer channels",
    "validation_too_slow": "judging 256 validation samples at once would take about {given}; at most {limit} are "
    "accepted here: use smaller kernels, fewer channels or fewer layers",
    "needs_flat": "{layer} needs a flat vector, but it gets {shape}",
    "needs_picture": "{layer} takes grey or colour pictures (1 or 3 channels) but gets {shape}; put it at the start of "
    "the list",
    "needs_image": "{layer} needs an image (C × H × W), but it gets {shape}",
    "needs_sequence": "{layer} needs a sequence (T × F), but it gets {shape}",
    "needs_tokens": "{layer} needs token numbers, which only texts provide, but it gets {shape}; remove it",
    "needs_embedding": "{layer} needs ordinary numbers, but it gets token numbers; insert an Embedding before it",
    "heads_do_not_divide": "{features} features cannot be divided evenly among {heads} attention heads; choose a "
    "number that divides them",
    "padding_leaks": "{layer} would mix the padding of short sequences with real values; pool over time "
    "instead",
    "not_the_input": "the network must reproduce its input, {wanted}, but its last layer gives {given}; end "
    "with a vector, or with an image of the same height and width",
    "wrong_loss": "{loss} does not suit this data ({task}); choose one of: {known}",
    "kernel_too_large": "a window of {kernel} does not fit into {size} pixels; use a smaller kernel, or less "
    "pooling before it",
    "image_too_grown": "the image would become {given} pixels wide; at most {limit} are accepted: enlarge it "
    "less, or remove this layer",
    "even_kernel": "an even kernel ({kernel}) cannot keep the image's size at stride 1; "
    "use an odd one, or padding “valid”",
    "groups_do_not_divide": "{channels} channels cannot be divided into {groups} equal groups; choose a number that "
    "divides them",
    "norm_of_one": "{layer} would normalise single values here, which always gives 0; use fewer groups, or "
    "remove it",
    "unflatten_misfit": "{given} values do not fill channels of {size} ({pixels} each); insert a Linear of a "
    "suitable size before this layer",
    "augment_changes_target": "rotating or mirroring an image would make its {targets} wrong; switch that off",
    "not_downloaded": "{name} is not on this computer yet: press Download, or put its files into {folder}",
    "downloading": "{name} is being downloaded; you can train as soon as that is done",
    "download_failed": "{name} could not be downloaded ({detail}): use the bundled digits, try again later, "
    "or put its files into {folder}",
    "weights_not_downloaded": "the pretrained weights of {name} are not on this computer yet: download them, start "
    "from random weights, or put the file at {file}",
    "weights_downloading": "the pretrained weights of {name} are being downloaded; you can train as soon as that is "
    "done",
    "weights_failed": "the pretrained weights of {name} could not be downloaded ({detail}): try again, start from "
    "random weights, or put the file at {file}",
    "weights_damaged": "the pretrained weights of {name} cannot be used ({detail}): delete {file} and download them "
    "again",
    "data_damaged": "the files of {name} cannot be read ({detail}): delete {folder} and download them again",
    "images_none": "no images yet: upload a ZIP with one folder per class, or draw and photograph classes "
    "here",
    "zip_broken": "the file is not a readable ZIP; create it again",
    "zip_too_many": "the ZIP contains {given} files; at most {limit} are accepted: leave some out",
    "zip_too_large": "the ZIP would unpack to {given}; at most {limit} are accepted: leave out some pictures, "
    "or make them smaller",
    "zip_bomb": "“{name}” takes up almost no space but would unpack to {given}, which no picture does; "
    "remove it",
    "zip_unsafe_name": "“{name}” points outside its own folder; create the ZIP again from ordinary folders",
    "zip_encrypted": "“{name}” is protected by a password; create the ZIP without one",
    "zip_overlap": "“{name}” shares its bytes with another file, which ordinary ZIPs never do; create the ZIP again",
    "zip_nested": "“{name}” is an archive inside the ZIP; unpack it, and create the ZIP again from folders of pictures",
    "zip_no_images": "the ZIP contains no pictures (PNG, JPEG, WebP, GIF, BMP, TIFF, AVIF); add some, in one "
    "folder per class",
    "zip_no_folder": "“{name}” is not in a folder; every picture must be in a folder named after its class",
    "zip_only_parts": "“{name}” is in a folder for training or for testing, but in none of a class; put the pictures "
    "in folders named after their classes",
    "zip_one_class": "all pictures belong to one class, “{name}”; at least two are needed: sort the pictures into "
    "one folder per class",
    "zip_labels_in_file": "the pictures are not sorted into one folder per class; their labels seem to be in "
    "“{name}”, which is not read: sort the pictures into one folder per class",
    "zip_masks": "“{name}” seems to hold masks for other pictures, and segmentation is not supported: sort the "
    "pictures into one folder per class",
    "zip_too_many_classes": "{given} classes are too many; at most {limit} are accepted: leave some folders out",
    "residual_mismatch": "the block turns {given} into {result}, and a 1 × 1 projection cannot connect the two; "
    "end the block with the shape it started with",
    "residual_shape": "the block turns {given} into {result}, so the two cannot be added; use the projection "
    "shortcut, or keep the shape",
    "parallel_mismatch": "the branches give {given} and {result}, which cannot be joined; give all of them the "
    "same size, and the same number of channels if they are added",
    "empty_body": "a block needs at least one layer inside; add one",
    "batchnorm_single": "batch normalisation cannot train on a single sample: the last batch of an epoch would "
    "have {given}; choose another batch size",
    "cannot_build": "{layer} does not work here: {detail}",
    "no_linear_model": "there is no linear model for this: it needs samples of at least two classes, or values to "
    "predict",
    "linear_too_large": "a linear model of {given:,} numbers and {classes:,} outputs would take too long here",
    "batch_too_large": "a batch size of {given} is more than the {limit} training samples; choose at most "
    "{limit}",
    "too_few_samples": "{given} samples are too few to split among {classes} classes; make the data set larger",
    "no_such_preset": "there is no preset called “{given}”; available: {known}",
    "no_such_device": "there is no device called “{given}” here; available: {known}",
    "no_bf16": "{device} does not support bf16; choose float32",
    "bad_weights": "these weights cannot be used: {detail}",
    "weights_differ": "the file belongs to another network: {table}",
    "weights_strange": "nothing in the file fits this network: {table}",
    "bad_checkpoint": "this is not a usable checkpoint: {detail}",
    "has_checkpoints": "{folder} contains checkpoints of an earlier run: use --resume to continue it, or choose "
    "another folder",
    "other_checkpoint": "{folder} contains checkpoints of another experiment; choose another folder",
    "no_fp16": "{device} cannot train in fp16, which needs a CUDA GPU; choose bf16 or float32",
    "stopped_early": "stopped after epoch {epoch}: the validation loss has not been lower than in epoch "
    "{best} for {patience} epochs",
    "no_such_run": "this run no longer exists; press Train to start a new one",
    "not_yours": "this page can watch this run but not control it",
    "not_shared": "only the person who trains this network can download it; they can allow it under Share",
    "busy": "all {limit} places for training are taken; try again in a moment",
    "line_full": "too many runs are waiting for a place already; try again in about {seconds} seconds",
    "waits_in_line": "this run is waiting for a place; it can be asked as soon as training starts",
    "left_line": "this run left the line because nobody watched it for {seconds} seconds; "
    "press Train to start again",
    "gave_way_unwatched": "stopped at step {step} because others were waiting for a place and nobody had been "
    "watching this run for {seconds} seconds; press Train to start again",
    "gave_way_memory": "stopped at step {step} because others had been waiting long for the memory that it took; "
    "its weights are still here; press Train to start again",
    "no_room": "the current runs leave no room for another {given} (of {limit} in total); try again in "
    "a moment, or make the network or the batch smaller",
    "too_many_watchers": "too many pages watch here at the moment; this one asks at intervals instead",
    "too_busy": "too many requests are waiting here right now; try again in a moment",
    "not_an_image": "this picture cannot be read; use a PNG or JPEG file",
    "image_too_large": "the picture has {given} pixels; at most {limit} are accepted: make it smaller",
    "upload_too_large": "the file has {given}; at most {limit} are accepted: choose a smaller one",
    "data_too_large": "the file has {given}; at most {limit} are accepted: choose a smaller one (fewer rows, "
    "fewer or smaller images), or ask the server's administrator to raise PLAYGROUND_MAX_DATA_BYTES",
    "upload_missing": "the file is no longer on this server, or never was; upload it again",
    "upload_not_kept": "the server cannot keep the file right now ({detail}); try again later, or tell its "
    "administrator",
    "upload_none": "no file has been chosen yet; choose one",
    "upload_empty": "the file is empty; choose one that contains data",
    "data_choice": "“{given}” is not an option; write --set KEY=VALUE with one of these keys: {known}",
    "data_choice_value": "the choice “{key}” cannot have that value: {why}",
    "data_encoding": "there is no encoding called “{given}”; try utf-8, cp1252, gb18030 or cp932",
    "data_long_cell": "one cell is longer than {limit} characters; perhaps a quotation mark is not closed: correct it, "
    "or save the table as CSV again",
    "data_no_group": "there is no series called “{given}” in the file; available: {known}",
    "data_no_text": "no column holds texts, that is sentences of several words; choose another kind",
    "data_odd_cell": "line {line} of “{name}” contains “{cell}”, which is not a number ({count} such cells in all); "
    "correct them, or count them as missing",
    "data_odd_date": "line {line} of “{name}” contains “{cell}”, which is not a date ({count} such cells in all); "
    "correct them, or count them as missing",
    "data_pictures": "{count} pictures cannot be used ({reasons}): {names}; correct them, or go on without them",
    "data_ragged": "line {line} has {given} cells, but most rows have {wanted} ({count} of {rows} differ); give "
    "every row the same number of cells, or choose what separates them",
    "data_several_files": "the archive holds {count} tables ({names}); choose one of them and upload it alone",
    "data_stranger": "this is {what}, not a table, text, series or ZIP of pictures; save it as CSV, or pack pictures "
    "as a ZIP with one folder per class",
    "data_web_page": "this is a web page, not a table; open it in a spreadsheet and save the table as CSV",
    "upload_kind": "files of type “{given}” are not accepted; accepted: {known}",
    "series_too_short": "{given} steps give {windows} windows of {window} steps with {horizon} to predict; about "
    "{needed} steps are needed: choose a shorter window or horizon, or a longer series",
    "series_too_long": "{windows} windows of this length are too much data; choose a window of at most {limit} "
    "steps",
    "series_too_many_steps": "the file has {given} steps; at most {limit} are accepted: keep only part of it",
    "series_no_numbers": "the column “{column}” contains no numbers but, for example, “{cell}”; choose another "
    "column",
    "series_gaps": "{missing} of the {given} steps of “{column}” have no value, too many to learn from; "
    "fill the gaps, or choose another column",
    "series_constant": "every value of “{column}” is {value}, so there is nothing to predict; choose another "
    "column",
    "table_workbook": "this is a workbook or an archive, not a CSV file; save the sheet as CSV and choose that "
    "file",
    "workbook_damaged": "the workbook cannot be read ({detail}); open it in a spreadsheet and save the sheet as CSV",
    "workbook_too_large": "the workbook holds {given}, too much for a table; save only the part that is needed",
    "table_binary": "this is not readable text; save the table as CSV in UTF-8",
    "table_one_column": "only one column was found, but a table needs at least one to learn from and one to "
    "predict; separate the columns by commas, semicolons, tabs or |",
    "table_too_large": "the table has {rows} rows and {columns} columns; at most {limit} cells and {wide} columns are "
    "accepted: keep fewer rows",
    "table_lies_across": "the table has {given} rows of values, and its times are side by side in the first row "
    "(… “{name}”): transpose it, so that each time has a row of its own",
    "table_too_short": "the table has {given} rows of values; at least 4 are needed",
    "table_no_column": "there is no column called “{given}” in the table; available: {known}",
    "table_no_features": "no column is left to predict “{target}” from; set the type of at least one other column "
    "to number or category",
    "table_too_wide": "the columns would become {given} features; at most {limit} are accepted for this table: "
    "leave out columns, or keep fewer categories apart",
    "table_no_target": "no column of this table can be predicted: each is empty, has a single value, or is "
    "different in every row; choose a column to predict",
    "table_target_missing": "“{target}” has no values, so it cannot be predicted; choose another column",
    "table_target_text": "“{target}” contains too few numbers to be predicted as a number; predict it as a class, "
    "or choose another column",
    "table_one_class": "“{target}” has only one value that occurs more than once, so there is nothing to "
    "distinguish; choose another column",
    "table_many_classes": "“{target}” has {given} different values, too many for classes (2 to {limit}, with at "
    "least two rows each); predict it as a number, or choose another column",
    "texts_no_labels": "no column or folder holds labels; choose a column that does, or learn what comes next",
    "texts_too_few": "there are only {given} texts; at least {needed} are needed: choose a larger file",
    "texts_too_many": "{given} texts of {length} words or characters are too much data; read at most {limit} of each",
    "texts_too_short": "the texts have {given} characters; about {needed} are needed: choose a longer text, or read "
    "less at a time",
    "bad_question": "{detail}",
    "asked_no_column": "the file has no column “{name}”, which the network learned from; its columns are {known}",
    "asked_no_such": "a network that learned from “{label}” cannot answer a file; ask it about single samples",
    "asked_no_target": "the file has no column that says what is right, so there is no report; leave --report away to "
    "get its answers",
    "asked_nothing": "the file holds nothing that the network could answer ({count} rows or pictures left out)",
    "asked_short_series": "the series has {given} steps, but the network needs {window} to forecast the next ones",
    "asked_too_many": "the file has {given} rows or pictures; at most {limit} are answered here: split it",
    "asked_too_slow": "answering this file would take more than {limit} seconds; split it, or use "
    "`playground predict` on your own computer",
    "asked_task": "this network does not give one answer for a sample ({task}), so it cannot answer a file",
    "nan_forward": "the values became {given} at step {step}, first in the output of {layer}; lower the "
    "learning rate or clip the gradients",
    "nan_loss": "the loss became {given} at step {step}, although the output of every layer was finite; "
    "lower the learning rate",
    "nan_update": "the loss became {given} at step {step}: the update of step {before} had made the weights of "
    "{layer} infinite; lower the learning rate or clip the gradients",
    "out_of_memory": "{device} ran out of memory at step {step}; use a smaller batch or smaller layers",
    "device_lost": "{device} stopped answering at step {step}: {detail}",
    "crashed": "the run failed at step {step}: {detail}",
    "unwatched": "stopped at step {step} because nobody had been watching for {seconds} seconds; press "
    "Train to start again",
    "time_limit": "stopped at step {step}: a run may train for at most {seconds} seconds here",
    "no_such_address": "there is nothing at this address",
    "foreign_origin": "this was sent by a page of another site, which may not change anything here; open the "
    "playground itself",
    "no_body_here": "this address takes no data",
    "bad_length": "the length of the data is not stated correctly",
    "body_packed": "compressed data are not accepted; send them as they are",
    "body_slow": "the data came too slowly, so receiving them was stopped; check the connection and try again",
    "too_many_bodies": "too much is being uploaded at the same time; try again in a moment",
    "challenge_baseline": "“{given}” has no {metric} to be better than on these data; known: {known}",
    "challenge_changed": "this link was changed after it was made, or made by another version: its parts do not belong "
    "together; ask for the link again",
    "challenge_data": "this challenge is about other data: {wanted} is wanted here, not {given}",
    "challenge_epochs": "{given} epochs are too many; this challenge allows {limit}",
    "challenge_hidden_layers": "{given} hidden layers are too many; this challenge allows {limit}",
    "challenge_layers": "“{given}” is not allowed in this challenge; allowed: {known}",
    "challenge_metric": "“{given}” is not measured on these data; known: {known}",
    "challenge_no_words": "needs words in English, in Chinese or in both",
    "challenge_not_done": "this run has not ended yet; wait for its end",
    "challenge_only": "may not be changed in this challenge; only these may: {known}",
    "challenge_other": "this is another challenge ({given}, not {wanted}): its data, limits or targets "
    "differ",
    "challenge_own_file": "a challenge needs data that everybody has; choose a data set that comes with the playground",
    "challenge_parameters": "the network has {given} parameters; this challenge allows {limit}: make a layer smaller",
    "challenge_seconds": "training would take about {given} s; this challenge allows {limit} s: use fewer epochs or a "
    "smaller network",
    "challenge_target": "needs exactly one of at_least, at_most and better_than (which the calibration error does not "
    "have)",
    "challenge_touched": "this run does not count: it began with weights that were loaded, or was changed while it "
    "trained; train it again from the start",
    "challenge_tries": "{given} trainings were handed in; this challenge takes 1 to {limit}",
    "lab_average_dilation": "average pooling has no dilation in PyTorch; set it to 1",
    "lab_channels": "has {given} channels; at most {limit} are read here",
    "lab_deep": "lists are nested more than {limit} deep; use fewer brackets",
    "calculation_slow": "this takes longer than {limit} s to work out, so it was stopped; make the network "
    "or the data smaller",
    "calculation_failed": "this could not be worked out: the process for it ended; try again in a moment",
    "lab_failed": "there is no answer for these settings: {detail}",
    "lab_not_in_torch": "PyTorch {version} cannot do this: {detail}",
    "lab_index": "needs {limit} numbers, one for each axis, but has {given}",
    "lab_axes": "the number of axes is {given}; this needs {limit} or more",
    "lab_shape_large": "makes {given} numbers; at most {limit} can be drawn, so make an axis smaller",
    "lab_length": "needs {wanted} numbers, but has {given}",
    "lab_no_text": "write at least one character that is no space",
    "lab_words": "has {given} words; at most {limit} are read here",
    "lab_numbers": "needs a number, a list of numbers or a list of lists, at most 64 in all",
    "lab_class": "must be a class number from 0 to {limit}, but is {given}",
    "lab_shape": "has the shape {given}, but {wanted} is needed here",
    "lab_grid": "needs rows of numbers, all of the same length, at most {limit} in each direction, "
    "none beyond ±{largest}",
    "lab_kernel_channels": "has {given} channels, but the picture has {picture}; give one window, or one for "
    "each channel",
    "lab_kernel_wide": "spans {reach} pixels with its dilation, but the picture with its padding has only {size}; "
    "use a smaller kernel, less dilation or more padding",
    "lab_padding_all": "cuts away the whole output; use less than {given}",
    "lab_pool_padding": "may be at most half of the window with pooling, here {limit}",
    "formula_deep": "brackets and signs are nested more than {limit} deep; use fewer",
    "formula_empty": "write a formula, such as w*x + b",
    "formula_ends": "ends too early, at character {column}: something is missing",
    "formula_function": "“{given}” at character {column} is no function here; there are: {known}",
    "formula_large": "has more than {limit} parts; make it shorter",
    "formula_long": "is {given} characters long; at most {limit} are read",
    "formula_name": "“{given}” at character {column} cannot be the name of a variable; choose another",
    "formula_names": "has more than {limit} variables; use fewer",
    "formula_one_name": "has several variables ({given}); use one",
    "formula_of_points": "{operator} joins several numbers, but a surface is calculated point by point; leave it out",
    "formula_open": "a bracket is not closed; add “)”",
    "formula_sign": "“{given}” at character {column} has no meaning here; use numbers, names, + - * / ** @ or brackets",
    "formula_torch": "{operator} does not work with these values; PyTorch says: {detail}",
    "formula_unexpected": "“{given}” at character {column} was not expected; an operator or a bracket may be missing",
    "formula_unknown": "“{given}” means nothing here; there are: {known}",
    "formula_wide": "has a result of more than {limit} numbers; use smaller values",
    "formula_x_y": "uses {given}; a surface is a formula of x and y alone",
    "nothing_learns": "all layers are frozen, so nothing can learn; unfreeze one of them",
}
