/** What lies in submit/: scripts and manifests, tried without a cluster. */
package org.sparkgen.submit;
