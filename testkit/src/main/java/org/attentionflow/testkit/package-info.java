/**
 * Contract tests, networks and checking decorators for every kind of plug-in. A provider extends
 * the contract of its interface in a few lines and is tested like all the others.
 */
@NullMarked
package org.attentionflow.testkit;

import org.jspecify.annotations.NullMarked;
