/**
 * Pictures, curves and the page by which a person judges a run. It reads metrics and pixels, and
 * knows nothing of how they were computed.
 */
package org.sparkgen.report;
