/** What can go wrong through no fault of the program: unusable input, too little memory. */
@NullMarked
package org.attentionflow.failure;

import org.jspecify.annotations.NullMarked;
