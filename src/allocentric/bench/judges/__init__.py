"""Official rules that no named extractor and metric say, each as its release does it, quirks included."""
